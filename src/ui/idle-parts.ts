/** What of the frame nobody needs in order to type: drawn when there is time, or when something happens. */
export { default as ContextMeter } from './prompt/ContextMeter.svelte';
export { default as IncomingNotice } from './offline/IncomingNotice.svelte';
export { default as UndoBar } from './parts/UndoBar.svelte';
