/** Wires the list of sites that may use the model; apart from `main.ts`, since few ever open it. */
import { loadPermits, revokeSite } from './storage/site-permits';
import { Sites } from './stores/embed/sites.svelte';

export function makeSites(): Sites {
  return new Sites({ loadPermits, revokeSite });
}
