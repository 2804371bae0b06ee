/** A subject as short texts, for a line or a card. */
import type { TestSubject } from '../../core/evaluate/run';
import type { EvaluateMessages } from '../../i18n/evaluate';

export function subjectParts({ subject: words }: EvaluateMessages, subject: TestSubject) {
  const { engine, threads, adapter, cores, contextTokens, browser, appVersion } = subject;
  return [
    words.engines[engine](threads),
    ...(adapter === null ? [] : [words.adapter(adapter)]),
    words.cores(cores),
    words.context(contextTokens),
    browser,
    words.app(appVersion),
  ];
}
