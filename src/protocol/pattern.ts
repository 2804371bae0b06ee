/** The wire format between the page and the worker that matches regular expressions. */

export interface PatternRequest {
  readonly type: 'match';
  readonly source: string;
  readonly text: string;
}

export interface PatternEvent {
  readonly type: 'matched';
  readonly matches: boolean;
}
