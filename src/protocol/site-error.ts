/** Errors between Corral and a site that embeds it; their texts are with the widget's. */

export type SiteErrorCode =
  | 'permission-denied'
  | 'permission-revoked'
  | 'budget-spent'
  | 'completion-invalid'
  | 'too-many-requests'
  | 'json-unsupported'
  | 'schema-unsupported'
  | 'no-such-model'
  | 'licence-needed'
  | 'model-unfit';

/** An error between Corral and a site that embeds it. */
export class SiteError extends Error {
  override readonly name = 'SiteError';

  constructor(
    readonly code: SiteErrorCode,
    readonly data: Readonly<Record<string, string | number>> = {},
  ) {
    super(code);
  }
}
