import { describe, expect, it, vi } from 'vitest';
import type { TitleChoice } from '../../../../src/core/settings/preferences';
import { Titles } from '../../../../src/stores/chat/titles';
import { scriptedChat } from '../scripted-chat';

async function titledChat(choice: TitleChoice = 'on') {
  const all = await scriptedChat();
  const { chat, engine, models } = all;
  const { sessions, window } = chat;
  const options = { engine: engine.port, models, window, sessions, choice: () => choice };
  chat.answering.background = new Titles({ ...options, delayMs: 60 });
  return all;
}
const settled = () => new Promise((resolve) => setTimeout(resolve, 200));

describe('a title of a chat', () => {
  it('is asked for after the first answer, in the same prompt, and stored', async () => {
    const { chat, engine, memory, ask } = await titledChat();
    engine.script.push('Paris.', '"The capital of France"');
    await ask('What is the capital of France?');
    await vi.waitUntil(() => chat.conversation.suggestedTitle !== undefined);
    expect(chat.conversation.suggestedTitle).toBe('The capital of France');
    const [question, title] = engine.asked;
    expect(title?.text.startsWith(question!.text)).toBe(true);
    expect(title?.params).toMatchObject({ temperature: 0, maxTokens: 24, isBackground: true });
    await vi.waitUntil(() => memory.conversation(chat.conversation.id)?.suggestedTitle);
    await ask('And of Italy?');
    await settled();
    expect(engine.asked).toHaveLength(3);
  });

  it('is not requested from a small model, in a temporary chat, or if there is a title', async () => {
    const small = await titledChat('auto');
    await small.ask('One?');
    const temporary = await titledChat();
    temporary.chat.sessions.startTemporary();
    await temporary.ask('One?');
    const named = await titledChat();
    named.chat.sessions.shown.change({ ...named.chat.conversation, title: 'Mine' });
    await named.ask('One?');
    await settled();
    for (const { engine } of [small, temporary, named]) expect(engine.asked).toHaveLength(1);
  });

  it('gives way to a question', async () => {
    const { chat, engine, ask, ended } = await titledChat();
    await ask('One?');
    engine.isHeld = true;
    await vi.waitUntil(() => engine.asked.length === 2);
    engine.isHeld = false;
    chat.send('Two?');
    await ended();
    await settled();
    expect(chat.turns).toHaveLength(4);
    expect(chat.conversation.suggestedTitle).toBeUndefined();
  });

  it('does not replace one that was typed meanwhile', async () => {
    const { chat, engine, ask } = await titledChat();
    await ask('One?');
    engine.isHeld = true;
    await vi.waitUntil(() => engine.asked.length === 2);
    chat.sessions.shown.change({ ...chat.conversation, title: 'Mine' });
    engine.release();
    await settled();
    expect(chat.conversation).toMatchObject({ title: 'Mine' });
    expect(chat.conversation.suggestedTitle).toBeUndefined();
  });
});
