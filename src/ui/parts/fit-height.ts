/** Lets a field grow with its text where the browser knows no `field-sizing`: Firefox, and Safari before 26.2. */
import type { Attachment } from 'svelte/attachments';

/** To be attached anew with each text: `{@attach fitHeight(text)}`. */
export function fitHeight(_text: string): Attachment<HTMLTextAreaElement> {
  return (field) => {
    if (CSS.supports('field-sizing', 'content')) return;
    const fit = () => {
      const { parentElement: parent, style } = field;
      // What is around the field must not move while it is measured: the list would lose its end.
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
