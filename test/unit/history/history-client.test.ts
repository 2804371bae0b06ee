import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HistoryClient } from '../../../src/bridge/history-client';
import { Undo } from '../../../src/stores/chat/undo.svelte';
import { History, type HistoryOptions } from '../../../src/stores/history/history.svelte';

/** Which workers were started and ended, in that order, and what they were asked. */
function clientWithNotes() {
  const notes: string[] = [];
  let count = 0;
  const spawn = () => {
    const name = `worker ${++count}`;
    notes.push(`${name} started`);
    return {
      postMessage: ({ type }: { type: string }) => notes.push(`${name}: ${type}`),
      terminate: () => notes.push(`${name} ended`),
    } as unknown as Worker;
  };
  return { notes, client: new HistoryClient(() => undefined, spawn) };
}

describe('a worker that is started ahead', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('serves the first request', () => {
    const { notes, client } = clientWithNotes();
    client.startAhead();
    client.startAhead();
    expect(notes).toEqual(['worker 1 started']);
    void client.ask({ type: 'prepare' });
    expect(notes).toEqual(['worker 1 started', 'worker 1: prepare']);
  });

  it('ends when nobody has asked for long, and not before', () => {
    const { notes, client } = clientWithNotes();
    client.startAhead();
    vi.advanceTimersByTime(110_000);
    client.startAhead();
    vi.advanceTimersByTime(110_000);
    expect(notes).toEqual(['worker 1 started']);
    vi.advanceTimersByTime(20_000);
    expect(notes).toEqual(['worker 1 started', 'worker 1 ended']);
    client.startAhead();
    void client.ask({ type: 'prepare' });
    client.startAhead();
    vi.advanceTimersByTime(500_000);
    expect(notes.slice(2)).toEqual(['worker 2 started', 'worker 2: prepare']);
  });
});

it.each([
  [999, []],
  [1000, ['worker 1 started']],
])('with %i chats, the list starts %j', async (count, started) => {
  const { notes, client } = clientWithNotes();
  const summaries = Array.from({ length: count }, () => ({ title: 'Bread' }));
  const storage = { loadSummaries: async () => ({ summaries, isWhole: true }) };
  const options = { client, storage, sessions: {}, undo: new Undo() };
  await new History(options as unknown as HistoryOptions).load();
  expect(notes).toEqual(started);
});
