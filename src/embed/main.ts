/** Entry of `embed.html`: a frame inside another site, or a window of Corral that answers for one. */
import '../ui/theme.css';
import { pageLockPrefix } from '../protocol/offline';
import { awaitHost } from './await-host';

const embedders = import.meta.env['EMBEDDERS'] as readonly string[];

// This page's files stay until it is closed, whatever version comes after.
void navigator.locks?.request(
  pageLockPrefix + import.meta.url,
  { mode: 'shared' },
  () => new Promise(() => {}),
);

if (parent === window) {
  void openedAs(window.opener as Window | null);
} else {
  const refused = async () => (await import('./refused')).showRefusal();
  void awaitHost(embedders, () => void refused()).then(async (host) => {
    const { openFrame } = await import('./frame');
    await openFrame(host);
  });
}

/** As a window: what for is in the address, and by whom is the browser's word. */
async function openedAs(opener: Window | null): Promise<void> {
  if (!opener) return (await import('./refused')).showRefusal({ isLone: true });
  if (location.hash === '#permission') return (await import('./permission-window')).askHere(opener);
  return (await import('./window.svelte')).answerForFrame(opener);
}
