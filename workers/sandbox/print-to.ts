/** Sends what a program prints to the page at once: a worker that is ended takes nothing with it. */
import { PrintedText } from '../../src/core/markdown/printed-text';
import type { SandboxPrinted } from '../../src/protocol/sandbox';

export type Print = (text: string) => void;

/** Up to the limit of what is shown. */
export function printTo(page: { postMessage(message: SandboxPrinted): void }): Print {
  const printed = new PrintedText();
  return (piece) => {
    const text = printed.add(piece);
    if (text !== '') page.postMessage({ type: 'printed', text });
  };
}
