/** What can go wrong between Corral and a site that embeds it; the words are with the widget's texts. */

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
