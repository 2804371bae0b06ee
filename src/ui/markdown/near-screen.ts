/** Tells when an element comes near what its scrolling list shows; long conversations draw the rest plainly. */

/** About a screen's height, so that nobody sees an answer before it is drawn. */
const marginPixels = 800;

/** Calls back once; returns what stops the watch. */
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
