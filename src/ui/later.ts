/** What of the frame nobody needs in order to type: drawn when there is time, or when something happens. */
export { default as ContextMeter } from './chat/ContextMeter.svelte';
export { default as ArrivalNotice } from './offline/ArrivalNotice.svelte';
export { default as UndoBar } from './parts/UndoBar.svelte';
