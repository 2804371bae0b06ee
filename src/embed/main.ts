/** Entry of `embed.html`: a frame on another site, or a Corral window for one. */
import '../ui/theme.css';
import { keepPageFiles } from '../pwa/page-files';
import { awaitHost } from './await-host';

const embedders = import.meta.env['EMBEDDERS'] as readonly string[];

keepPageFiles(import.meta.url);

if (parent === window) {
  void openedAs(window.opener as Window | null);
} else {
  const refused = async () => (await import('./refused')).showRefusal();
  void awaitHost(embedders, () => void refused()).then(async (host) => {
    const { WidgetFrame } = await import('./widget-frame');
    await new WidgetFrame(host).open();
  });
}

/** The fragment contains the window's purpose; the browser knows its opener. */
async function openedAs(opener: Window | null): Promise<void> {
  if (!opener) return (await import('./refused')).showRefusal({ isLone: true });
  if (location.hash === '#permission')
    return (await import('./permission-window')).askPermission(opener);
  return (await import('./window.svelte')).answerForFrame(opener);
}
