/** Closes a modal dialog by a press beside it, in browsers without `closedby`: Safari. */
import type { Attachment } from 'svelte/attachments';

export const closeOnOutsidePress: Attachment<HTMLDialogElement> = (dialog) => {
  if ('closedBy' in HTMLDialogElement.prototype) return;
  let isPressedBeside = false;
  const isBeside = ({ target, clientX: x, clientY: y }: MouseEvent) => {
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    return target === dialog && (x < left || x > right || y < top || y > bottom);
  };
  // Selecting text from inside to outside is not a press beside the dialog.
  const onDown = (event: PointerEvent) => (isPressedBeside = isBeside(event));
  const onClick = (event: MouseEvent) => {
    if (isPressedBeside && isBeside(event)) dialog.close();
  };
  dialog.addEventListener('pointerdown', onDown);
  dialog.addEventListener('click', onClick);
  return () => {
    dialog.removeEventListener('pointerdown', onDown);
    dialog.removeEventListener('click', onClick);
  };
};
