/** Matches a regular expression, which may never end: the page then ends this worker. */
import type { PatternEvent, PatternRequest } from '../src/protocol/pattern';
import { serveScope } from '../src/protocol/serve-requests';

declare const self: DedicatedWorkerGlobalScope;

serveScope<PatternRequest, PatternEvent>(self, async ({ source, text }) => ({
  type: 'matched',
  matches: new RegExp(source, 'u').test(text),
}));
