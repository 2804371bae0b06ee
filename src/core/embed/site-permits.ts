/** The sites that may use the visitor's model, with the dates of permission and of last use. */

export interface SitePermit {
  readonly atMs: number;
  readonly usedAtMs: number;
}

/** By the sites' origins. */
export type SitePermits = Readonly<Record<string, SitePermit>>;

const dayMs = 24 * 60 * 60_000;
/** A permission that is not used for this long ends. */
export const unusedLimitMs = 90 * dayMs;

/** The stored permissions that hold now. */
export function readPermits(value: unknown, nowMs: number): SitePermits {
  if (typeof value !== 'object' || value === null) return {};
  const permits = Object.entries(value).flatMap(([origin, stored]) => {
    const permit = readPermit(stored);
    return permit && holds(permit, nowMs) ? [[origin, permit] as const] : [];
  });
  return Object.fromEntries(permits);
}

export function withPermit(value: unknown, origin: string, nowMs: number): SitePermits {
  return { ...readPermits(value, nowMs), [origin]: { atMs: nowMs, usedAtMs: nowMs } };
}

/** Records a use; a permission that is missing or has ended does not come back. */
export function withUse(value: unknown, origin: string, nowMs: number): SitePermits {
  const permits = readPermits(value, nowMs);
  const permit = Object.hasOwn(permits, origin) ? permits[origin] : undefined;
  return permit ? { ...permits, [origin]: { ...permit, usedAtMs: nowMs } } : permits;
}

export function withoutPermit(value: unknown, origin: string, nowMs: number): SitePermits {
  const { [origin]: _gone, ...others } = readPermits(value, nowMs);
  return others;
}

/** An earlier version stored no use: the permission counts as the first one. */
function readPermit(value: unknown): SitePermit | null {
  const { atMs, usedAtMs = atMs } = (value ?? {}) as Record<string, unknown>;
  return Number.isFinite(atMs) && Number.isFinite(usedAtMs)
    ? { atMs: atMs as number, usedAtMs: usedAtMs as number }
    : null;
}

/** A date of use in the future comes from a wrong clock, and must not hold for ever. */
function holds({ usedAtMs }: SitePermit, nowMs: number): boolean {
  const unusedMs = nowMs - usedAtMs;
  return unusedMs <= unusedLimitMs && unusedMs >= -dayMs;
}
