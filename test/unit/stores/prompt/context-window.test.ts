import { describe, expect, it } from 'vitest';
import { dateOf } from '../../../../src/core/prompt/as-of-date';
import type { Turn } from '../../../../src/core/chat/conversation';
import { defaultSettings } from '../../../../src/core/chat/conversation-settings';
import { ContextWindow } from '../../../../src/stores/prompt/context-window.svelte';
import { ScriptedEngine, scriptedModels } from '../scripted-chat';

const words = (count: number) => Array.from({ length: count }, (_, at) => `w${at}`).join(' ');
const exchange = (at: number, length: number): Turn[] => [
  { role: 'user', id: `q${at}`, parentId: null, text: words(length), atMs: 0 },
  {
    role: 'assistant',
    id: `a${at}`,
    parentId: `q${at}`,
    text: words(length),
    atMs: 0,
    modelId: 'smollm2-135m',
    state: 'done',
  },
];
const remind = { remind: false };

async function make({ contextTokens = 200, isReady = true } = {}) {
  const engine = new ScriptedEngine();
  engine.contextTokens = contextTokens;
  const { models } = scriptedModels(engine);
  await models.start();
  if (isReady) await models.ensureReady();
  const window = new ContextWindow(engine.port, models, () => dateOf(2026, 11, 28));
  return { engine, models, window };
}

describe('a look at the window', () => {
  it('is an estimate until a model is loaded that can count', async () => {
    const { window, models } = await make({ isReady: false });
    await window.update(exchange(0, 5), defaultSettings);
    expect(window.view).toMatchObject({ isExact: false, firstSeenId: null });
    const before = window.counter;
    await models.ensureReady();
    expect(window.counter).not.toBe(before);
    await window.update(exchange(0, 5), defaultSettings);
    expect(window.view?.isExact).toBe(true);
  });

  it('gives the first question in the context window', async () => {
    const { window } = await make();
    const turns = [0, 1, 2, 3, 4].flatMap((at) => exchange(at, 10));
    await window.update(turns, defaultSettings);
    expect(window.view?.plan.first).toBeGreaterThan(0);
    expect(window.view?.plan.first).toBeLessThan(5);
    expect(window.view?.firstSeenId).toBe(`q${window.view?.plan.first}`);
  });

  it('shows the newest of several looks', async () => {
    const { window, engine } = await make();
    const { countTokens } = engine.port;
    let release = () => {};
    Object.assign(engine.port, {
      countTokens: async (prompt: Parameters<typeof countTokens>[0]) => {
        await new Promise<void>((resolve) => (release = resolve));
        return countTokens(prompt);
      },
    });
    const slow = window.update(exchange(0, 30), defaultSettings);
    const letFirstGo = release;
    Object.assign(engine.port, { countTokens });
    await window.update(exchange(1, 2), defaultSettings);
    const { view } = window;
    letFirstGo();
    await slow;
    expect(window.view).toBe(view);
  });

  it('falls back to the estimate when the model goes away meanwhile', async () => {
    const { window, engine } = await make();
    Object.assign(engine.port, { countTokens: () => Promise.reject(new Error('gone')) });
    await window.update(exchange(0, 5), defaultSettings);
    expect(window.view?.isExact).toBe(false);
  });
});

describe('a prompt', () => {
  it('has the instructions, and as much of the conversation as fits', async () => {
    const { window } = await make();
    const turns = [...[0, 1, 2, 3].flatMap((at) => exchange(at, 20)), exchange(9, 3)[0]!];
    const settings = { ...defaultSettings, pinned: 'Be brief.' };
    const { prompt, exchanges, system } = await window.prompt(turns, settings, remind);
    const text = prompt.map((part) => part.text).join('');
    expect(text).toContain('Be brief.');
    expect(text.endsWith('assistant\n')).toBe(true);
    expect(system).toBe('You are a helpful AI assistant.');
    expect(exchanges.at(-1)?.questionId).toBe('q9');
    expect(exchanges.length).toBeLessThan(5);
  });

  it('is ready at once where nothing has to be counted first', async () => {
    const { window, engine } = await make({ contextTokens: 2048 });
    const counted: string[] = [];
    const { countTokens } = engine.port;
    Object.assign(engine.port, {
      countTokens: (prompt: Parameters<typeof countTokens>[0]) => {
        counted.push(...prompt.map(({ text }) => text));
        return countTokens(prompt);
      },
    });
    const [short, long] = [exchange(0, 5).slice(0, 1), exchange(1, 400).slice(0, 1)];
    // The planner is not loaded yet.
    expect(window.promptNow(short, defaultSettings, remind)).toBeNull();
    await window.update([], defaultSettings);
    counted.length = 0;
    const now = window.promptNow(short, defaultSettings, remind);
    expect(window.view).toMatchObject({ isExact: false, plan: { prompt: now?.prompt } });
    expect(counted).toEqual([]);
    expect(await window.prompt(short, defaultSettings, remind)).toEqual(now);
    expect(window.promptNow(short, defaultSettings, remind)).toEqual(now);
    expect(window.view?.isExact).toBe(true);
    // Fits, but not if each letter were a token.
    expect(window.promptNow(long, defaultSettings, remind)).toBeNull();
    await window.prompt(long, defaultSettings, remind);
    expect(window.promptNow(long, defaultSettings, remind)).not.toBeNull();
  });

  it('that is too long says how much of the message’s end would fit', async () => {
    const { window } = await make();
    const [question] = exchange(0, 400);
    const error = await window
      .prompt([question!], defaultSettings, remind)
      .catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'context-overflow', data: { contextTokens: 200 } });
    const { keepCharacters, ofCharacters } = (error as { data: Record<string, number> }).data;
    expect(keepCharacters).toBeGreaterThan(100);
    expect(keepCharacters).toBeLessThan(ofCharacters!);
    const end = question!.text.slice(-keepCharacters!);
    await window.prompt([{ ...question!, text: end }], defaultSettings, remind);
  });

  it('of an answer that has filled the window says so, and can continue from its end', async () => {
    const { window } = await make();
    const [question] = exchange(0, 10);
    const partial = words(300);
    const error = await window
      .prompt([question!], defaultSettings, { ...remind, partial })
      .catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'answer-too-long', data: { contextTokens: 200 } });
    const { keepCharacters, ofCharacters } = (error as { data: Record<string, number> }).data;
    expect(ofCharacters).toBe(partial.length);
    const fromEnd = { ...remind, partial, fromEnd: true };
    const { prompt } = await window.prompt([question!], defaultSettings, fromEnd);
    const text = prompt.map((part) => part.text).join('');
    expect(text.endsWith(partial.slice(-keepCharacters!))).toBe(true);
    expect(text).not.toContain('w0 w1 w2 w3 w4 w5 w6 w7 w8 w9 w10');
    // A whole answer fits after it.
    expect(window.view?.plan.reserveTokens).toBe(100);
  });

  it('is refused if the instructions alone are too long', async () => {
    const { window } = await make();
    const settings = { ...defaultSettings, systemPrompt: words(300) };
    await expect(window.prompt([exchange(0, 2)[0]!], settings, remind)).rejects.toMatchObject({
      code: 'instructions-too-long',
    });
  });
});
