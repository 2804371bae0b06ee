import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visibleMessage } from '../../../src/embed/host-port';
import { widgetLimits } from '../../../src/protocol/widget';
import { parseFrameMessage } from '../../../src/protocol/widget-frame-messages';
import { parseConnect, parseHostMessage } from '../../../src/protocol/widget-host-messages';

const options = { mode: 'inline', name: 'chat-1' };
const order = { messages: [{ role: 'user', content: 'Hello' }] };

describe('what a frame takes from a page', () => {
  it('is a connection with its version, and nothing that only looks like one', () => {
    const connect = { type: 'corral-connect', version: 1, options };
    expect(parseConnect(connect)).toEqual(connect);
    expect(parseConnect({ ...connect, version: 2 })).toEqual({ ...connect, version: 2 });
    // The version is read even if the rest is invalid: it may be valid in another version.
    expect(parseConnect({ ...connect, options: { mode: 'cinema' } })).toEqual({ version: 1 });
    for (const data of [null, 'corral-connect', [connect], { ...connect, version: '1' }, {}]) {
      expect(parseConnect(data)).toBeNull();
    }
  });

  it('has only the fields that are known, and each of its type and length', () => {
    const told = { type: 'configure', options: { ...options, theme: 'dark', model: 'cria' } };
    expect(parseHostMessage({ ...told, more: 1 })).toEqual(told);
    for (const wrong of [
      { ...options, theme: 'pink' },
      { ...options, model: 7 },
      { ...options, pinned: 'x'.repeat(widgetLimits.optionCharacters + 1) },
      { name: 'chat-1' },
      null,
    ]) {
      expect(parseHostMessage({ type: 'configure', options: wrong })).toBeNull();
    }
  });

  it('distinguishes an invalid request from an invalid message: a request has an id to answer', () => {
    expect(parseHostMessage({ type: 'complete', id: 1, order })).toEqual({
      type: 'complete',
      id: 1,
      order,
    });
    for (const wrong of [
      { messages: 'Hello' },
      { messages: [{ role: 'root', content: 'Hello' }] },
      { messages: [{ role: 'user', content: 7 }] },
      { messages: Array(widgetLimits.requestMessages + 1).fill(order.messages[0]) },
      { messages: [{ role: 'user', content: 'x'.repeat(widgetLimits.requestCharacters + 1) }] },
      { ...order, temperature: NaN },
      { ...order, stop: [7] },
    ]) {
      const parsed = parseHostMessage({ type: 'complete', id: 1, order: wrong });
      expect(parsed).toEqual({ type: 'complete', id: 1, order: null });
    }
    expect(parseHostMessage({ type: 'complete', id: -1, order })).toBeNull();
    expect(parseHostMessage({ type: 'complete', id: 1.5, order })).toBeNull();
  });

  it('pollutes no prototype, and takes nothing from a polluted one', () => {
    const hostile = JSON.parse(
      '{"type":"complete","id":1,"order":{"messages":[{"role":"user","content":"x","__proto__":{"role":"system"}}],"__proto__":{"model":"evil"},"constructor":{"prototype":{"model":"evil"}}}}',
    ) as unknown;
    const parsed = parseHostMessage(hostile);
    expect(parsed).toEqual({
      type: 'complete',
      id: 1,
      order: { messages: [{ role: 'user', content: 'x' }] },
    });
    expect(({} as Record<string, unknown>)['model']).toBeUndefined();
    const inherited = Object.create({ type: 'stop' }) as unknown;
    expect(parseHostMessage(inherited)).toBeNull();
    const half = Object.assign(Object.create({ options }) as object, { type: 'configure' });
    expect(parseHostMessage(half)).toBeNull();
  });

  it('never throws, for any input', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withTypedArray: true }), (data) => {
        const parsed = [parseConnect(data), parseHostMessage(data), parseFrameMessage(data)];
        expect(parsed).toEqual([null, null, null]);
      }),
    );
  });
});

describe('the visible part of a page’s texts', () => {
  it('is all that remains of them', () => {
    const told = {
      ...options,
      mode: 'inline' as const,
      systemPrompt: 'a\u{e0041}b',
      pinned: '\u200bc',
    };
    const shown = { ...options, systemPrompt: 'ab', pinned: 'c' };
    expect(visibleMessage({ type: 'configure', options: told })).toEqual({
      type: 'configure',
      options: shown,
    });
    expect(visibleMessage({ type: 'prefill', text: 'a\u202eb' })).toEqual({
      type: 'prefill',
      text: 'ab',
    });
  });
});

describe('what a page takes from a frame', () => {
  it('is checked the same way', () => {
    const usage = { promptTokens: 1, cachedTokens: 0, completionTokens: 2 };
    const done = { type: 'done', id: 1, finish: 'stop', usage };
    expect(parseFrameMessage({ ...done, more: 1 })).toEqual(done);
    expect(parseFrameMessage({ ...done, usage: {} })).toBeNull();
    expect(parseFrameMessage({ ...done, finish: 'gone' })).toBeNull();
    expect(parseFrameMessage({ type: 'delta', id: 1 })).toBeNull();
    expect(parseFrameMessage({ type: 'error', error: { code: 'x' } })).toBeNull();
    expect(parseFrameMessage({ type: 'alert', text: 'x' })).toBeNull();
  });
});
