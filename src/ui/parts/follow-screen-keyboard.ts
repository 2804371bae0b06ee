/**
 * Keeps the whole page above a screen keyboard. Browsers with `interactive-widget` shrink the page themselves;
 * Safari covers the page with the keyboard and scrolls it up.
 */

export function followScreenKeyboard(): void {
  const { visualViewport: view } = window;
  if (!view) return;
  const { style } = document.documentElement;
  const fit = () => {
    const isZoomed = view.scale > 1.01;
    const isCovered = !isZoomed && innerHeight - view.height > 1;
    if (!isCovered) return style.removeProperty('--view-height');
    style.setProperty('--view-height', `${view.height}px`);
    if (view.offsetTop > 0) scrollTo(0, 0);
    document.activeElement?.scrollIntoView({ block: 'nearest' });
  };
  view.addEventListener('resize', fit);
  view.addEventListener('scroll', fit);
  fit();
}
