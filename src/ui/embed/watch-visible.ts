/**
 * Whether a person can see an element as it is drawn: not covered, faded, rotated or scaled by any page around
 * it. Only browsers with Intersection Observer v2 can tell.
 */

interface VisibilityEntry extends IntersectionObserverEntry {
  readonly isVisible?: boolean;
}

export const canTellVisible = 'isVisible' in IntersectionObserverEntry.prototype;

/** The shortest interval that browsers allow. */
const pollMs = 100;

export function watchVisible(node: HTMLElement, onChange: (visible: boolean) => void): () => void {
  const options = { threshold: [0.99], trackVisibility: true, delay: pollMs };
  const observer = new IntersectionObserver((entries) => {
    const entry = entries.at(-1) as VisibilityEntry | undefined;
    onChange(Boolean(entry?.isIntersecting && entry.isVisible));
  }, options);
  observer.observe(node);
  return () => observer.disconnect();
}
