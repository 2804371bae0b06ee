/** What the parts of an answer ask of the whole. */
import { createContext } from 'svelte';
import type { LinkTarget } from '../../core/markdown/link-target';

export const [getOpenLink, setOpenLink] = createContext<(target: LinkTarget) => void>();
