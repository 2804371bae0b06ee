/** An error between Corral and a site that embeds it. */
import type { SiteErrorCode } from '../../protocol/site-errors';

export class SiteError extends Error {
  override readonly name = 'SiteError';

  constructor(
    readonly code: SiteErrorCode,
    readonly data: Readonly<Record<string, string | number>> = {},
  ) {
    super(code);
  }
}
