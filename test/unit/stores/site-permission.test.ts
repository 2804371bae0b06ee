import { describe, expect, it, vi } from 'vitest';
import { SitePermission } from '../../../src/stores/site-permission.svelte';

const site = 'https://site.test';

function make({ isPrivate = false, askInWindow = async () => true } = {}) {
  const allowed = new Set<string>();
  const refused = new Set<string>();
  const store = <T>(work: () => T): Promise<T> =>
    isPrivate ? Promise.reject(new Error('private')) : Promise.resolve(work());
  const onRevoke = vi.fn();
  const permission = new SitePermission(site, {
    storage: {
      isAllowed: (origin) => store(() => allowed.has(origin)),
      allow: (origin) => store(() => void allowed.add(origin)),
      revoke: (origin) => store(() => void allowed.delete(origin)),
      isRefused: (origin) => refused.has(origin),
      refuse: (origin) => void refused.add(origin),
    },
    ...{ onRevoke, askInWindow },
  });
  return { permission, allowed, refused, onRevoke };
}

describe('a site that asks for the visitor’s model', () => {
  it('waits for the visitor, who is asked once for all that wait', async () => {
    const { permission, allowed } = make();
    const requests = [permission.request(), permission.request()];
    await vi.waitFor(() => expect(permission.asking).toBe(true));
    await permission.answer(true);
    expect(await Promise.all(requests)).toEqual([true, true]);
    expect(permission).toMatchObject({ asking: false, allowed: true });
    expect(allowed).toContain(site);
    expect(await permission.request()).toBe(true);
    expect(permission.asking).toBe(false);
  });

  it('is not asked again in this tab after a no', async () => {
    const { permission } = make();
    const request = permission.request();
    await vi.waitFor(() => expect(permission.asking).toBe(true));
    await permission.answer(false);
    expect(await request).toBe(false);
    expect(await permission.request()).toBe(false);
    expect(permission.asking).toBe(false);
  });

  it('may as long as the frame is open where the browser stores nothing', async () => {
    const { permission } = make({ isPrivate: true });
    const request = permission.request();
    await vi.waitFor(() => expect(permission.asking).toBe(true));
    await permission.answer(true);
    expect(await request).toBe(true);
    expect(await permission.request()).toBe(true);
    await permission.revoke();
    expect(await permission.look()).toBe(false);
  });

  it('loses the permission everywhere when it is taken back', async () => {
    const { permission, allowed, onRevoke } = make();
    allowed.add(site);
    expect(await permission.look()).toBe(true);
    await permission.revoke();
    expect(onRevoke).toHaveBeenCalledOnce();
    expect([permission.allowed, await permission.look()]).toEqual([false, false]);
  });

  it('notices what another tab took back', async () => {
    const { permission, allowed } = make();
    allowed.add(site);
    await permission.look();
    allowed.clear();
    expect(await permission.look()).toBe(false);
    expect(permission.allowed).toBe(false);
  });
});

describe('an answer in a window of Corral', () => {
  it('counts as one in the frame', async () => {
    const { permission } = make();
    const request = permission.request();
    await vi.waitFor(() => expect(permission.asking).toBe(true));
    await permission.answerInWindow();
    expect(await request).toBe(true);
  });

  it('leaves the question open if the window is closed', async () => {
    const { permission } = make({ askInWindow: () => Promise.reject(new Error('closed')) });
    void permission.request();
    await vi.waitFor(() => expect(permission.asking).toBe(true));
    await permission.answerInWindow();
    expect(permission).toMatchObject({ asking: true, allowed: false });
  });

  it('that nobody asked for changes nothing', async () => {
    const { permission, refused } = make();
    await permission.answer(false);
    expect(refused.size).toBe(0);
  });
});
