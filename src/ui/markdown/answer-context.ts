/** Functions that an answer provides to its parts. */
import { createContext } from 'svelte';
import type { LinkTarget } from '../../core/markdown/link-target';

export const [getOpenLink, setOpenLink] = createContext<(target: LinkTarget) => void>();
