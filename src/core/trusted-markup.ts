/**
 * Texts that may become documents: the page's policy takes no others (Trusted Types). What reads such a document
 * lets nothing of it run.
 */

/** Not in TypeScript's library; what it makes is taken where a text is. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createHTML(text: string): string }): Policy;
}
interface Policy {
  createHTML(text: string): string;
}

/** Those that the page's policy names. */
export type MarkupPolicy = 'corral-sandbox' | 'corral-mathml';

const policies = new Map<MarkupPolicy, Policy | undefined>();

/** The text itself where the browser has no Trusted Types. */
export function trustedMarkup(name: MarkupPolicy, text: string): string {
  if (!policies.has(name)) {
    const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
    policies.set(name, trustedTypes?.createPolicy(name, { createHTML: (text) => text }));
  }
  return policies.get(name)?.createHTML(text) ?? text;
}
