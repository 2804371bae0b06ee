/** Entry of `embed.html`: a frame on another site, or a Corral window for one. */
import '../ui/theme.css';
import { pageLockPrefix } from '../protocol/offline';
import { awaitHost } from './await-host';

const embedders = import.meta.env['EMBEDDERS'] as readonly string[];

// While the page is open, an update keeps its files.
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

/** The fragment tells the window's purpose; the browser tells its opener. */
async function openedAs(opener: Window | null): Promise<void> {
  if (!opener) return (await import('./refused')).showRefusal({ isLone: true });
  if (location.hash === '#permission') return (await import('./permission-window')).askHere(opener);
  return (await import('./window.svelte')).answerForFrame(opener);
}
