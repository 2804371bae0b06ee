import { describe, expect, it, vi } from 'vitest';
import { SitePermission } from '../../../../src/stores/embed/site-permission.svelte';

const site = 'https://site.test';

function make({ isPrivate = false, askInWindow = async () => true } = {}) {
  const allowed = new Set<string>();
  const refused = new Set<string>();
  const store = <T>(work: () => T): Promise<T> =>
    isPrivate ? Promise.reject(new Error('private')) : Promise.resolve(work());
  const onRevoke = vi.fn();
  const recordUse = vi.fn();
  const permission = new SitePermission(site, {
    storage: {
      isAllowed: (origin) => store(() => allowed.has(origin)),
      allow: (origin) => store(() => void allowed.add(origin)),
      recordUse: (origin) => store(() => recordUse(origin)),
      revoke: (origin) => store(() => void allowed.delete(origin)),
      isRefused: (origin) => refused.has(origin),
      refuse: (origin) => void refused.add(origin),
      isPersistent: () => true,
    },
    onRevoke,
    askInWindow,
  });
  return { permission, allowed, refused, onRevoke, recordUse };
}

describe('a site that asks for the visitor’s model', () => {
  it('waits for the visitor, who is asked once for all waiting requests', async () => {
    const { permission, allowed } = make();
    const requests = [permission.request(), permission.request()];
    await vi.waitFor(() => expect(permission.asking).not.toBeNull());
    await permission.answer(true);
    expect(await Promise.all(requests)).toEqual([true, true]);
    expect(permission).toMatchObject({ asking: null, allowed: true });
    expect(allowed).toContain(site);
    expect(await permission.request()).toBe(true);
    expect(permission.asking).toBeNull();
  });

  it('is noted with each use', async () => {
    const { permission, allowed, recordUse } = make();
    allowed.add(site);
    for (let count = 0; count < 2; count += 1) await permission.request();
    expect(recordUse).toHaveBeenCalledTimes(2);
  });

  it('may get more time or not, without a change of the permission', async () => {
    const { permission, allowed, refused } = make();
    allowed.add(site);
    for (const gives of [true, false]) {
      const request = permission.requestMore();
      expect(permission.asking).toMatchObject({ kind: 'more' });
      await permission.answer(gives);
      expect(await request).toBe(gives);
    }
    expect([...allowed, ...refused]).toEqual([site]);
  });

  it('is not asked again in this tab after a no', async () => {
    const { permission } = make();
    const request = permission.request();
    await vi.waitFor(() => expect(permission.asking).not.toBeNull());
    await permission.answer(false);
    expect(await request).toBe(false);
    expect(await permission.request()).toBe(false);
    expect(permission.asking).toBeNull();
  });

  it('has permission while the frame is open if the browser stores nothing', async () => {
    const { permission } = make({ isPrivate: true });
    const request = permission.request();
    await vi.waitFor(() => expect(permission.asking).not.toBeNull());
    await permission.answer(true);
    expect(await request).toBe(true);
    expect(await permission.request()).toBe(true);
    await permission.revoke();
    expect(await permission.check()).toBe(false);
  });

  it('loses the permission everywhere when it is revoked', async () => {
    const { permission, allowed, onRevoke } = make();
    allowed.add(site);
    expect(await permission.check()).toBe(true);
    await permission.revoke();
    expect(onRevoke).toHaveBeenCalledOnce();
    expect([permission.allowed, await permission.check()]).toEqual([false, false]);
  });

  it('leaves no question open when the permission is revoked', async () => {
    const { permission, allowed } = make();
    allowed.add(site);
    const more = permission.requestMore();
    await permission.revoke();
    expect(await more).toBe(false);
    expect(permission.asking).toBeNull();
    // It is asked again: the refusal is not permanent.
    void permission.request();
    await vi.waitFor(() => expect(permission.asking).toMatchObject({ kind: 'use' }));
  });

  it('notices a permission that another tab revoked', async () => {
    const { permission, allowed } = make();
    allowed.add(site);
    await permission.check();
    allowed.clear();
    expect(await permission.check()).toBe(false);
    expect(permission.allowed).toBe(false);
  });
});

describe('an answer in a window of Corral', () => {
  it('counts as one in the frame', async () => {
    const { permission } = make();
    const request = permission.request();
    await vi.waitFor(() => expect(permission.asking).not.toBeNull());
    await permission.answerInWindow();
    expect(await request).toBe(true);
  });

  it('leaves the question open if the window is closed', async () => {
    const { permission } = make({ askInWindow: () => Promise.reject(new Error('closed')) });
    void permission.request();
    await vi.waitFor(() => expect(permission.asking).not.toBeNull());
    await permission.answerInWindow();
    expect(permission).toMatchObject({ asking: { kind: 'use' }, allowed: false });
  });

  it('without a request changes nothing', async () => {
    const { permission, refused } = make();
    await permission.answer(false);
    expect(refused.size).toBe(0);
  });
});
