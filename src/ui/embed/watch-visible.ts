/** Detects whether a person can see the frame and its elements. */

interface VisibilityEntry extends IntersectionObserverEntry {
  readonly isVisible?: boolean;
}

export const canTellVisible = 'isVisible' in IntersectionObserverEntry.prototype;

/** The shortest interval that browsers allow. */
const pollMs = 100;

/**
 * Whether a person can see an element as it is drawn: not covered, faded, rotated or scaled by any page around
 * it. Only browsers with Intersection Observer v2 can tell.
 */
export function watchVisible(node: HTMLElement, onChange: (visible: boolean) => void): () => void {
  const options = { threshold: [0.99], trackVisibility: true, delay: pollMs };
  const observer = new IntersectionObserver((entries) => {
    const entry = entries.at(-1) as VisibilityEntry | undefined;
    onChange(Boolean(entry?.isIntersecting && entry.isVisible));
  }, options);
  observer.observe(node);
  return () => observer.disconnect();
}

/** The smallest visible width and height of the frame that count. */
const minPixels = 40;

/** Whether a person could see the frame: its page is visible, and a part of it is on the screen. */
export function watchInView(onChange: (inView: boolean) => void): () => void {
  let onScreen = false;
  const report = () => onChange(onScreen && document.visibilityState === 'visible');
  const observer = new IntersectionObserver(
    (entries) => {
      const { width = 0, height = 0 } = entries.at(-1)?.intersectionRect ?? {};
      onScreen = Math.min(width, height) >= minPixels;
      report();
    },
    { threshold: Array.from({ length: 21 }, (_, step) => step / 20) },
  );
  observer.observe(document.documentElement);
  document.addEventListener('visibilitychange', report);
  return () => {
    observer.disconnect();
    document.removeEventListener('visibilitychange', report);
  };
}
