/**
 * Makes a text field grow with its text in browsers without `field-sizing`: Firefox, and Safari before 26.2.
 */
import type { Attachment } from 'svelte/attachments';

/** Attach it again with each text: `{@attach fitHeight(text)}`. */
export function fitHeight(_text: string): Attachment<HTMLTextAreaElement> {
  return (field) => {
    if (CSS.supports('field-sizing', 'content')) return;
    const fit = () => {
      const { parentElement: parent, style } = field;
      // The surroundings must not move during the measurement: the list would lose its scroll position.
      if (parent) parent.style.minHeight = `${parent.offsetHeight}px`;
      style.height = 'auto';
      style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
      if (parent) parent.style.minHeight = '';
    };
    fit();
    addEventListener('resize', fit);
    return () => removeEventListener('resize', fit);
  };
}
