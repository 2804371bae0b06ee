/** Sends the printed text of a program to the page at once, so that it is not lost if the worker is ended. */
import { PrintedText } from '../../src/core/markdown/printed-text';
import type { SandboxPrinted } from '../../src/protocol/sandbox';

export type Print = (text: string) => void;

/** Only up to the limit of the shown text. */
export function printTo(page: { postMessage(message: SandboxPrinted): void }): Print {
  const printed = new PrintedText();
  return (piece) => {
    const text = printed.add(piece);
    if (text !== '') page.postMessage({ type: 'printed', text });
  };
}
