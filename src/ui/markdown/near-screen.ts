/**
 * Detects when an element comes near the visible part of its scrolling list; the rest of a long conversation
 * stays plain text.
 */

/** About a screen's height, so that answers are drawn before they become visible. */
const marginPixels = 800;

/** Calls back once; returns the function that stops watching. */
export function whenNearScreen(element: Element, onNear: () => void): () => void {
  const options = { scrollMargin: `${marginPixels}px`, rootMargin: `${marginPixels}px` };
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    observer.disconnect();
    onNear();
  }, options);
  observer.observe(element);
  return () => observer.disconnect();
}
