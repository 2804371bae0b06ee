/** The error that the loader throws. */
import type { WidgetError } from '../protocol/widget';

export class CorralError extends Error {
  override readonly name = 'CorralError';

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }

  static from({ code, message }: WidgetError): CorralError {
    return new CorralError(code, message);
  }
}

/** Logs one line for the page's developer. */
export function logError({ code, message }: WidgetError): void {
  console.error(`corral-chat: ${message} (${code})`);
}
