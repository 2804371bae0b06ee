/** Whether a person could see the frame: its page is not hidden, and some of it is on the screen. */

/** Of the frame, in both directions: less shows nobody what goes on. */
const leastPixels = 40;

export function watchInView(onChange: (inView: boolean) => void): () => void {
  let onScreen = false;
  const tell = () => onChange(onScreen && document.visibilityState === 'visible');
  const observer = new IntersectionObserver(
    (entries) => {
      const { width = 0, height = 0 } = entries.at(-1)?.intersectionRect ?? {};
      onScreen = Math.min(width, height) >= leastPixels;
      tell();
    },
    { threshold: Array.from({ length: 21 }, (_, step) => step / 20) },
  );
  observer.observe(document.documentElement);
  document.addEventListener('visibilitychange', tell);
  return () => {
    observer.disconnect();
    document.removeEventListener('visibilitychange', tell);
  };
}
