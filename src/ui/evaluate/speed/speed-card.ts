/** A speed report as plain text. */
import type { SpeedReport } from '../../../core/evaluate/speed';
import type { EvaluateMessages } from '../../../i18n/evaluate';
import { subjectParts } from '../subject-text';

export function speedCard(t: EvaluateMessages, report: SpeedReport): string {
  const { columns, load, memory, memoryUnknown, rate, tokens, seconds, size } = t.speed;
  const { subject, rows, loadMs, memoryBytes, atMs } = report;
  return [
    `${subject.modelName} · ${t.subject.at(atMs)}`,
    subjectParts(t, subject).join(' · '),
    '',
    ...rows.flatMap((row) => [
      `${columns.prompt}: ${tokens(row.promptTokens)}`,
      `  ${columns.prefill}: ${rate(row.prefillTokensPerS)}`,
      `  ${columns.decode}: ${rate(row.decodeTokensPerS)}`,
      `  ${columns.first}: ${seconds(row.timeToFirstTokenMs)}`,
    ]),
    `${load}: ${seconds(loadMs)}`,
    `${memory}: ${memoryBytes === null ? memoryUnknown : size(memoryBytes)}`,
  ].join('\n');
}
