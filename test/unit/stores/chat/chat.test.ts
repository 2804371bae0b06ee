import { describe, expect, it } from 'vitest';
import { replaced } from '../../../../src/core/chat/branches';
import type { AnswerTurn, UserTurn } from '../../../../src/core/chat/conversation';
import { builtInModel } from '../../../../src/core/models/built-in';
import { AppError } from '../../../../src/protocol/errors';
import { whenIdle } from '../memory-storage';
import { scriptedChat } from '../scripted-chat';

const last = (chat: { readonly turns: readonly unknown[] }) => chat.turns.at(-1) as AnswerTurn;
const died = new AppError('engine-died');

describe('a message', () => {
  it('is answered by the chosen model, which is loaded for it, and stored', async () => {
    const { chat, engine, memory, ask } = await scriptedChat();
    engine.script.push('Hello to you.');
    await ask('  Hello ');
    expect(chat.turns).toMatchObject([
      { role: 'user', text: 'Hello' },
      { role: 'assistant', text: 'Hello to you.', state: 'done', modelId: 'smollm2-135m' },
    ]);
    expect(engine.loaded).toEqual(['smollm2-135m']);
    await whenIdle();
    expect(memory.conversation(chat.conversation.id)?.turns).toEqual(chat.conversation.turns);
  });

  it('reaches a loaded model before the page draws it, which a microtask does', async () => {
    const { chat, engine, ask, ended } = await scriptedChat();
    await ask('One');
    chat.send('Two');
    expect(engine.asked).toHaveLength(2);
    await ended();
  });

  it('is refused if it is blank, while another is answered, or with an invalid date', async () => {
    const { chat, engine, ended } = await scriptedChat();
    expect(chat.send(' \n')).toBe(false);
    expect(chat.send('as of 2021-02-30: Who?')).toBe(false);
    engine.isHeld = true;
    expect(chat.send('One')).toBe(true);
    expect(chat.send('Two')).toBe(false);
    engine.release();
    await ended();
    expect(chat.turns).toHaveLength(2);
  });

  it('separates its leading date, and keeps it through an edit', async () => {
    const { chat, ask, ended } = await scriptedChat();
    await ask('as of 2007: Who is it?');
    expect(chat.turns[0]).toMatchObject({ text: 'Who is it?', asOf: '2007' });
    chat.edit(chat.turns[0]!.id, 'Who was it?');
    await ended();
    expect(chat.turns[0]).toMatchObject({ text: 'Who was it?', asOf: '2007' });
    expect(chat.siblings(chat.turns[0]!)).toHaveLength(2);
  });

  it('comes back to the composer with its date', async () => {
    const { chat, ask } = await scriptedChat();
    await ask('as of 2007: Who is it?');
    expect(chat.withdrawQuestion()).toBe('as of 2007: Who is it?');
    expect(chat.turns).toEqual([]);
  });
});

describe('an answer', () => {
  it('keeps what was written when it is stopped', async () => {
    const { chat, engine, ended } = await scriptedChat();
    engine.script.push('Once upon');
    engine.isHeld = true;
    chat.send('A story');
    await whenIdle();
    chat.stop();
    expect(chat.answering.stopping).toBe(true);
    await ended();
    expect(last(chat)).toMatchObject({ text: 'Once upon', state: 'stopped' });
    expect(chat.answering.stopping).toBe(false);
  });

  it('says why it failed, and is replaced by the next attempt', async () => {
    const { chat, engine, ask, ended } = await scriptedChat();
    engine.script.push(died);
    await ask('Hello');
    expect(last(chat)).toMatchObject({ state: 'failed', error: { code: 'engine-died' } });
    chat.retry();
    await ended();
    expect(last(chat)).toMatchObject({ state: 'done', text: 'Yes.' });
    expect(chat.siblings(last(chat))).toHaveLength(1);
  });

  it('gets a sibling when it is regenerated', async () => {
    const { chat, engine, ask, ended, texts } = await scriptedChat();
    engine.script.push('One.', 'Two.');
    await ask('Say a number');
    const first = last(chat);
    chat.regenerate(first.id);
    await ended();
    expect(texts()).toEqual(['Say a number', 'Two.']);
    expect(engine.asked[1]?.params.temperature).toBeGreaterThanOrEqual(0.8);
    chat.show(first.id);
    expect(texts()).toEqual(['Say a number', 'One.']);
  });

  it('continues from its end', async () => {
    const { chat, engine, ask, ended } = await scriptedChat();
    engine.finish = 'length';
    engine.script.push('One, two,', ' three.');
    await ask('Count');
    expect(last(chat).truncated).toBe(true);
    engine.finish = 'stop';
    chat.continueAnswer();
    await ended();
    expect(last(chat).text).toBe('One, two, three.');
    expect(last(chat)).not.toHaveProperty('truncated');
    expect(engine.asked[1]?.text.endsWith('One, two,')).toBe(true);
  });

  it('that fills the window says so, and can be continued from its end again and again', async () => {
    const { chat, engine, ended } = await scriptedChat();
    engine.contextTokens = 300;
    engine.finish = 'length';
    engine.script.push('word '.repeat(100), ' more'.repeat(200), ' and more'.repeat(60), ' on.');
    chat.send('A story');
    await ended();
    chat.continueAnswer();
    await ended();
    const { length } = last(chat).text;
    chat.continueAnswer();
    await ended();
    expect(last(chat)).toMatchObject({ state: 'unfinished', error: { code: 'answer-too-long' } });
    expect(last(chat).text).toHaveLength(length);
    chat.continueAnswer({ fromEnd: true });
    await ended();
    expect(last(chat).text.length).toBeGreaterThan(length);
    expect(last(chat)).not.toHaveProperty('error');
    chat.continueAnswer({ fromEnd: true });
    await ended();
    expect(last(chat)).toMatchObject({ state: 'done' });
    expect(last(chat).text.endsWith(' on.')).toBe(true);
  });

  it('is the best of several, and another can be picked', async () => {
    const { chat, engine, ask, ended } = await scriptedChat();
    await ask('Say a number');
    engine.script.push('One.', 'Two.');
    chat.writeBestOf(2);
    await ended();
    expect(last(chat)).toMatchObject({
      text: 'One.',
      bestOf: { candidates: [{}, { text: 'Two.' }] },
    });
    chat.pick(1);
    expect(last(chat).text).toBe('Two.');
  });

  it('continues in its own conversation when the visitor opens another', async () => {
    const { chat, engine, ended } = await scriptedChat();
    engine.isHeld = true;
    chat.send('Hello');
    await whenIdle();
    const { id } = chat.conversation;
    chat.sessions.startNew();
    expect(chat.sessions.isWritingHere).toBe(false);
    expect(chat.busy).toBe(true);
    engine.release();
    await ended();
    await chat.sessions.open(id);
    expect(last(chat)).toMatchObject({ text: 'Yes.', state: 'done' });
  });
});

describe('the engine', () => {
  it('does one thing at a time', async () => {
    const { chat, engine, ended } = await scriptedChat();
    engine.isHeld = true;
    chat.send('Hello');
    await whenIdle();
    const running = chat.sessions.answering;
    let hasRun = false;
    const isTaken = await chat.answering.exclusively(null, async () => void (hasRun = true));
    expect([isTaken, hasRun]).toEqual([false, false]);
    expect(chat.sessions.answering).toBe(running);
    expect(chat.busy).toBe(true);
    chat.stop();
    await ended();
    expect(last(chat).state).toBe('stopped');
    expect(await chat.answering.exclusively(null, async () => {})).toBe(true);
    expect(chat.busy).toBe(false);
  });

  it('is free again after failed work', async () => {
    const { chat } = await scriptedChat();
    const failing = chat.answering.exclusively(null, () => Promise.reject(died));
    await expect(failing).rejects.toBe(died);
    expect(chat.busy).toBe(false);
    expect(await chat.answering.exclusively(null, async () => {})).toBe(true);
  });
});

describe('a model that is added while something runs', () => {
  const file = () => new File(['GGUF'], 'other.gguf');

  it('is listed at once, and chosen when the answer has ended', async () => {
    const { chat, engine, models, ended } = await scriptedChat();
    engine.isHeld = true;
    chat.send('Hello');
    await whenIdle();
    expect(await (await models.adding()).files([file()])).toBe(true);
    expect(models.own.list).toHaveLength(1);
    expect([models.chosen.name, models.state.phase]).toEqual(['SmolLM2 135M', 'ready']);
    engine.release();
    await ended();
    await whenIdle();
    expect(last(chat)).toMatchObject({ modelName: 'SmolLM2 135M', state: 'done' });
    expect(models.chosen.name).toBe('other');
  });

  it('does not write the remaining candidates', async () => {
    const { chat, engine, models, ask, ended } = await scriptedChat();
    await ask('Say a number');
    engine.isHeld = true;
    engine.script.push('One.', 'Two.');
    chat.writeBestOf(2);
    await whenIdle();
    await (await models.adding()).files([file()]);
    void models.choose(models.own.list[0]!);
    engine.release();
    await ended();
    expect(engine.loaded).toEqual(['smollm2-135m']);
    expect(last(chat).bestOf?.candidates).toHaveLength(2);
    expect(engine.asked.every(({ text }) => text.includes('helpful AI assistant'))).toBe(true);
    await whenIdle();
    expect(models.chosen.name).toBe('other');
  });

  it('is not measured by a running evaluation, which may choose models itself', async () => {
    const { chat, models } = await scriptedChat();
    let end = () => {};
    const running = chat.answering.exclusively(null, async () => {
      await new Promise<void>((resolve) => (end = resolve));
      await models.choose(models.own.list[0]!, { withinRun: true });
      await models.choose(builtInModel, { withinRun: true });
    });
    await (await models.adding()).files([file()]);
    expect(models.chosen).toBe(builtInModel);
    end();
    await running;
    await whenIdle();
    expect(models.chosen.name).toBe('other');
  });

  it('does not end a download that an answer waits for', async () => {
    const { chat, models, stored, ended } = await scriptedChat();
    stored.clear();
    await models.refresh();
    chat.send('Hello');
    await (await models.adding()).files([file()]);
    await ended();
    expect(last(chat)).toMatchObject({ state: 'done', modelId: 'smollm2-135m' });
  });
});

describe('a deleted turn', () => {
  it('disappears with everything below it, and can be restored once', async () => {
    const { chat, ask, texts, undo } = await scriptedChat();
    await ask('One');
    await ask('Two');
    const before = chat.conversation.turns;
    chat.remove(chat.turns[1]!.id);
    expect(texts()).toEqual(['One']);
    // Another tab wrote below it, which restored it.
    chat.sessions.shown.change({ ...chat.conversation, turns: before.slice(0, 2) });
    undo.accept();
    expect(chat.conversation.turns).toEqual(before);
    expect(texts()).toEqual(['One', 'Yes.', 'Two', 'Yes.']);
  });
});

describe('a summary', () => {
  it('is added to the current question, and removed without a trace', async () => {
    const { chat, engine, ask } = await scriptedChat();
    await ask('One');
    await ask('Two');
    const question = chat.turns[2] as UserTurn;
    engine.script.push(' They counted. ');
    const summarising = chat.summaries.write(question, 'Sum up.');
    chat.sessions.shown.change(replaced(chat.conversation, { ...question, atMs: 5 }));
    await summarising;
    expect(chat.turns[2]).toMatchObject({
      atMs: 5,
      summary: { text: 'They counted.', modelId: 'smollm2-135m', messages: 2 },
    });
    chat.summaries.remove(question);
    expect(chat.turns[2]).toEqual({ ...question, atMs: 5 });
    expect(chat.turns[2]).not.toHaveProperty('summary');
  });

  it('does not start while an answer is written', async () => {
    const { chat, engine, ended } = await scriptedChat();
    engine.isHeld = true;
    chat.send('One');
    await whenIdle();
    await chat.summaries.write(chat.turns[0] as UserTurn, 'Sum up.');
    expect(engine.asked).toHaveLength(1);
    engine.release();
    await ended();
  });
});

describe('settings', () => {
  it('apply from the next message on, and are refused if they do not fit the model', async () => {
    const { chat, engine, ask } = await scriptedChat();
    chat.settings.pin({ pinned: ' Be brief. ' });
    await ask('One');
    expect(engine.asked[0]?.text).toContain('Be brief.');
    expect(last(chat).pinned).toBe('Be brief.');
    const error = await chat.settings.change({ systemPrompt: 'x '.repeat(9000) });
    expect(error?.code).toBe('instructions-too-long');
    expect(chat.settings.current).toMatchObject({ systemPrompt: '', today: '2026-11-28' });
  });
});
