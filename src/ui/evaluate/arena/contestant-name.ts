/** A setting of the arena in words. */
import type { Contestant } from '../../../core/evaluate/arena';
import type { EvaluateMessages } from '../../../i18n/evaluate';

export function contestantName(
  { arena }: EvaluateMessages,
  { modelName, safety, pinned, pinStrength, asOf }: Contestant,
  modes: Readonly<Record<NonNullable<Contestant['safety']>, string>>,
): string {
  const pin = pinStrength === 'system' ? arena.pin : arena.pinEvery;
  return [
    modelName,
    ...(safety === null ? [] : [modes[safety]]),
    ...(pinned === '' ? [] : [pin(pinned)]),
    ...(asOf === null ? [] : [arena.date(asOf)]),
  ].join(' · ');
}
