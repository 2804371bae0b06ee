/** What a program prints, up to a limit. Both sides of a sandbox count: neither believes the other. */
import { longestPrinted } from '../../protocol/sandbox';

/** One more than is shown, which tells the other side that something is cut. */
export const mostPrinted = longestPrinted + 1;

export class PrintedText {
  text = '';
  isCut = false;

  /** Returns what is new to the other side: empty once something was cut. */
  add(piece: string): string {
    if (this.isCut) return '';
    const room = longestPrinted - this.text.length;
    this.text += piece.slice(0, room);
    this.isCut = piece.length > room;
    return piece.slice(0, room + 1);
  }
}
