/** What of the frame is drawn when something happens: there before that, but not part of the first load. */
export { default as ArrivalNotice } from './offline/ArrivalNotice.svelte';
export { default as UndoBar } from './parts/UndoBar.svelte';
