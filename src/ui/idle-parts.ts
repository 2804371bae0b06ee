/**
 * Parts of the layout that a visitor can type without: drawn when the browser is idle or when they are needed.
 */
export { default as ComposerTools } from './chat/ComposerTools.svelte';
export { default as IncomingNotice } from './offline/IncomingNotice.svelte';
export { default as UndoBar } from './parts/UndoBar.svelte';
