/** The text in the composer, over a reload that the visitor asked for; each tab has its own. */

const key = 'corral-draft';

export function saveDraft(text: string): void {
  try {
    if (text !== '') sessionStorage.setItem(key, text);
  } catch {
    // no storage: the text is the visitor's to copy
  }
}

/** What was saved last, once; empty if there is nothing. */
export function takeDraft(): string {
  try {
    const text = sessionStorage.getItem(key) ?? '';
    sessionStorage.removeItem(key);
    return text;
  } catch {
    return '';
  }
}
