/** Whether a person could see the frame: its page is visible, and a part of it is on the screen. */

/** The smallest visible width and height of the frame that count. */
const minPixels = 40;

export function watchInView(onChange: (inView: boolean) => void): () => void {
  let onScreen = false;
  const tell = () => onChange(onScreen && document.visibilityState === 'visible');
  const observer = new IntersectionObserver(
    (entries) => {
      const { width = 0, height = 0 } = entries.at(-1)?.intersectionRect ?? {};
      onScreen = Math.min(width, height) >= minPixels;
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
