/** `widget.js`: defines `<corral-chat>`, and `createChat` for chats without an interface. */
import { CorralChat } from './element';
import { given } from './options';
import type { Chat, ChatOptions } from './public';

const name = 'corral-chat';

// A page may load two versions of this script: the first one's element stays.
if (!customElements.get(name)) customElements.define(name, CorralChat);

/** The element that `createChat` inserts, even if another script has defined `<corral-chat>`. */
class ApiChat extends CorralChat {}
let apiName: string | undefined;

export async function createChat(options: ChatOptions = {}): Promise<Chat> {
  apiName ??= defineApi();
  const element = document.createElement(apiName) as ApiChat;
  element.setAttribute('mode', 'api');
  const { model, systemPrompt, pinned, theme, lang } = options;
  Object.assign(element, given({ model, systemPrompt, pinned, theme, lang }));
  document.body.append(element);
  const close = () => element.remove();
  try {
    await element.link.connected;
  } catch (error) {
    close();
    throw error;
  }
  return { completions: element.completions, models: element.models, close };
}

function defineApi(): string {
  const free = (at: number): string =>
    customElements.get(`corral-chat-api-${at}`) ? free(at + 1) : `corral-chat-api-${at}`;
  const name = free(1);
  customElements.define(name, ApiChat);
  return name;
}
