/**
 * Marks texts that may become documents; the page's policy (Trusted Types) refuses all others. These documents run no
 * script.
 */

/** Not in TypeScript's library. The result is accepted in place of a string. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createHTML(text: string): string }): Policy;
}
interface Policy {
  createHTML(text: string): string;
}

/** The names of the policies that the page's policy allows. */
export type MarkupPolicy = 'corral-sandbox' | 'corral-mathml';

const policies = new Map<MarkupPolicy, Policy | undefined>();

/** Returns the text itself if the browser has no Trusted Types. */
export function trustedMarkup(name: MarkupPolicy, text: string): string {
  if (!policies.has(name)) {
    const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
    policies.set(name, trustedTypes?.createPolicy(name, { createHTML: (text) => text }));
  }
  return policies.get(name)?.createHTML(text) ?? text;
}
