/** The element's style as a constructed sheet, which a policy against inline styles does not block. */
export const style = `
:host {
  --_width: var(--corral-width, 24rem);
  --_height: var(--corral-height, 36rem);
  --_radius: var(--corral-radius, 14px);
  --_accent: var(--corral-accent, #a8472a);
  display: block;
  color-scheme: inherit;
}
/* Not in Safari before 17.5. */
@supports (color: light-dark(#000, #fff)) { :host { --_accent: var(--corral-accent, light-dark(#a8472a, #e08a66)); } }
:host([hidden]) { display: none; }
:host(:not([mode='floating'])) { width: var(--corral-width, 100%); height: var(--_height); }
:host([mode='floating']) { display: contents; }
.panel { display: none; box-sizing: border-box; width: 100%; height: 100%; overflow: hidden; border: 1px solid #e4dacb; border-color: light-dark(#e4dacb, #3b332c); border-radius: var(--_radius); background: #faf6f0; background: light-dark(#faf6f0, #191512); }
.panel.shown { display: block; }
:host([mode='floating']) .panel, :host([mode='api']) .panel, .panel.mark {
  position: fixed;
  z-index: var(--corral-z-index, 2147483000);
  right: max(1rem, env(safe-area-inset-right));
  bottom: calc(max(1rem, env(safe-area-inset-bottom)) + 4.25rem);
  width: min(var(--_width), calc(100vw - 2rem));
  height: min(var(--_height), calc(100dvh - 6.5rem));
  box-shadow: 0 12px 40px rgb(20 12 6 / 25%);
}
:host([mode='api']) { display: contents; }
:host([mode='api']) .panel { bottom: max(1rem, env(safe-area-inset-bottom)); height: min(26rem, calc(100dvh - 2rem)); }
iframe { display: block; width: 100%; height: 100%; border: 0; }
.launcher { display: none; }
:host([mode='floating']) .launcher {
  position: fixed;
  z-index: var(--corral-z-index, 2147483000);
  right: max(1rem, env(safe-area-inset-right));
  bottom: max(1rem, env(safe-area-inset-bottom));
  display: grid;
  place-items: center;
  width: 3.5rem;
  height: 3.5rem;
  padding: 0;
  border: 0;
  border-radius: 50%;
  background: var(--_accent);
  color: #fffaf5;
  color: light-dark(#fffaf5, #1c120d);
  box-shadow: 0 6px 20px rgb(20 12 6 / 30%);
  cursor: pointer;
}
.launcher:focus-visible { outline: 3px solid var(--_accent); outline-offset: 3px; }
svg { width: 1.6rem; height: 1.6rem; fill: none; stroke: currentcolor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
@media (width < 30rem) {
  :host([mode='floating']) .panel { right: 0; bottom: 4.75rem; width: 100vw; height: calc(100dvh - 5.5rem); border-width: 1px 0; border-radius: var(--_radius) var(--_radius) 0 0; }
}
:host .panel.mark { height: 3.5rem; }
`;
