/**
 * Whether a person can see an element as it is drawn: not covered, not faded, not turned or scaled, by any
 * page around. Only browsers that follow visibility (Intersection Observer v2) can tell.
 */

interface VisibilityEntry extends IntersectionObserverEntry {
  readonly isVisible?: boolean;
}

export const canTellVisible = 'isVisible' in IntersectionObserverEntry.prototype;

/** The least that browsers allow between two looks. */
const lookMs = 100;
/** So long it must have been seen before that counts: what flashes up was not read. */
const seenMs = 700;

export function watchVisible(node: HTMLElement, onChange: (visible: boolean) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const options = { threshold: [0.99], trackVisibility: true, delay: lookMs };
  const observer = new IntersectionObserver((entries) => {
    const entry = entries.at(-1) as VisibilityEntry | undefined;
    clearTimeout(timer);
    if (entry?.isIntersecting && entry.isVisible) timer = setTimeout(() => onChange(true), seenMs);
    else onChange(false);
  }, options);
  observer.observe(node);
  return () => {
    clearTimeout(timer);
    observer.disconnect();
  };
}
