/** The app's parts by role and name: how a person finds them, whatever drives the browser. */
type Role = 'article' | 'button' | 'dialog' | 'link' | 'list' | 'searchbox' | 'status' | 'textbox';

export interface AppPart {
  readonly role: Role;
  readonly name: string | RegExp;
}

export const appParts = {
  composer: { role: 'textbox', name: 'Message' },
  send: { role: 'button', name: 'Send' },
  stop: { role: 'button', name: 'Stop' },
  answers: { role: 'article', name: 'Answer' },
  questions: { role: 'article', name: 'Question' },
  newChat: { role: 'button', name: 'New chat' },
  search: { role: 'searchbox', name: 'Search chats' },
  /** Chats by day, or those that were found. */
  chats: { role: 'list', name: /chats/i },
  data: { role: 'button', name: 'Your data' },
  modelsButton: { role: 'button', name: /^Models:/ },
  models: { role: 'dialog', name: 'Models' },
  progress: { role: 'status', name: 'Model' },
  pinButton: { role: 'button', name: /^Pin/ },
  pinField: { role: 'textbox', name: 'Pinned instruction' },
  editField: { role: 'textbox', name: 'Edit your message' },
} as const satisfies Readonly<Record<string, AppPart>>;

/** What of a driver's page, frame or locator is needed to find a part there. */
interface Place<L> {
  getByRole(role: Role, options: { name: string | RegExp }): L;
}

export function findPart<L>(place: Place<L>, part: keyof typeof appParts): L {
  const { role, name } = appParts[part];
  return place.getByRole(role, { name });
}
