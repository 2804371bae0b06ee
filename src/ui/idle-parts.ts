/**
 * Parts of the layout that a visitor can type without: drawn when the browser is idle or when they are needed.
 */
export { default as ContextMeter } from './prompt/ContextMeter.svelte';
export { default as DictationButton } from './speech/DictationButton.svelte';
export { default as IncomingNotice } from './offline/IncomingNotice.svelte';
export { default as UndoBar } from './parts/UndoBar.svelte';
