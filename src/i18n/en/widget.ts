/** English texts of the widget: the chat inside other sites, and what the app says about those. */
import type { SiteErrorCode } from '../../protocol/site-errors';
import { formatter } from '../format';

const { size, dateTime } = formatter('en');

export const widget = {
  /** Of these words, which need not be the page's. */
  language: 'en',
  welcome: {
    title: 'Ask a model on your own device',
    privacy: (site: string) =>
      `It runs in this browser. What you type here stays on this device: ${site} cannot read it.`,
    firstUse: (name: string, bytes: number) =>
      `Your first message fetches ${name} (${size(bytes)}) for this site.`,
  },
  options: 'Options of this chat',
  newChat: 'New chat',
  told: (site: string) => `${site} has told the model`,
  permission: {
    title: (site: string) => `May ${site} use your model?`,
    text: 'This site asks to use the language model on your device for writing texts. It gives the model its questions and reads its answers. It does not see your own chats.',
    turn: 'Answer …',
    allow: 'Allow',
    refuse: 'Not now',
    covered: 'Make sure that nothing covers this.',
    wait: 'One moment: you can answer in a second.',
    inWindow: 'Answer in a window of Corral',
    note: 'You can take it back at any time in Corral’s settings. It ends after 90 days without use.',
    noteHere: 'It ends when you close this tab, or press Stop while the model is used.',
  },
  more: {
    title: (site: string) => `May ${site} use your model for longer?`,
    text: 'Your device has computed for this site for ten minutes within the last hour.',
    allow: 'Allow ten minutes more',
    note: 'Otherwise the site has to wait.',
  },
  use: {
    now: (site: string) => `${site} is using your model.`,
    stop: 'Stop',
    stopDetail: (site: string) => `Stop it, and take back that ${site} may use your model`,
  },
  site: {
    title: 'This site',
    allowed: (site: string) => `${site} may use your model.`,
    notAllowed: (site: string) =>
      `${site} may not use your model, unless you allow it when it asks.`,
    revoke: 'Take it back',
  },
  sites: {
    title: 'Sites that may use your model',
    none: 'None yet.',
    since: (atMs: number, usedAtMs: number) =>
      `allowed ${dateTime(atMs)}, last used ${dateTime(usedAtMs)}`,
    revoke: (site: string) => `Take it back from ${site}`,
    revokeShort: 'Take it back',
    partitioned:
      'A permission ends after 90 days without use. If your browser separates the data of each site, an open page keeps its permission until its tab is closed, and permissions that end with a tab are not listed here.',
  },
  modelAccess: {
    title: (name: string) => `Where is ${name} to come from?`,
    tooLarge: (name: string, bytes: number) =>
      `${name} is large (${size(bytes)}). Your browser keeps each site’s data apart, so it would be fetched for this site alone. Corral does not do that.`,
    access: 'Use the models of my Corral',
    accessDetail: 'Your browser may ask you. It needs an earlier visit to Corral itself.',
    noAccess:
      'This browser keeps the data of every site apart. A window of Corral can answer for this chat.',
    window: 'Open Corral in a window',
    windowDetail: 'The window runs the model for this chat as long as it is open.',
    builtIn: (name: string, bytes: number) => `Take ${name} (${size(bytes)})`,
    refused:
      'The browser did not allow it. Visit Corral itself once, then try again, or choose another way.',
    none: (name: string) => `Your Corral does not have ${name} yet.`,
    granted: 'This chat uses the models of your Corral.',
    windowClosed: 'The window was closed.',
    windowBlocked: 'The window could not be opened, or this site blocks the connection to it.',
    windowOpen: 'A window of Corral answers for this chat.',
  },
  window: {
    title: 'Corral answers for a chat',
    text: (site: string) =>
      `A chat on ${site} uses this window’s model. Keep the window open; closing it ends the connection.`,
    waiting: 'Waiting for the chat that opened this window …',
    fetchTitle: (name: string, bytes: number) => `Fetch ${name} (${size(bytes)})?`,
    fetchText: (site: string) => `The chat on ${site} asks for it.`,
    fetch: 'Fetch',
  },
  refused: {
    title: 'This chat cannot be shown here',
    lone: 'This page is made to be embedded in other sites.',
    openApp: 'Open Corral',
  },
  errors: {
    'permission-denied': () => 'The visitor did not allow this site to use the model.',
    'permission-revoked': () => 'The visitor has revoked this site’s permission to use the model.',
    'budget-spent': () =>
      'This site has used the model for as long as the visitor allows within an hour.',
    'completion-invalid': ({ field }) => `The request is not valid: ${field ?? 'its shape'}.`,
    'too-many-requests': ({ limit }) => `More than ${limit ?? 'a few'} requests wait already.`,
    'json-unsupported': () => 'This model cannot be held to JSON.',
    'schema-unsupported': ({ at }) =>
      `An answer cannot be held to this ${at === undefined ? 'format' : `schema, because of ${at}`}. Leave that out, or ask for a json_object, describe it in a message, and check what comes.`,
    'no-such-model': ({ model }) => `There is no model “${model ?? ''}”.`,
    'licence-needed': ({ model }) =>
      `The visitor has to accept the licence of ${model ?? 'that model'} first.`,
    'model-unfit': ({ model }) => `This device cannot run ${model ?? 'that model'}.`,
  } satisfies Record<SiteErrorCode, (data: Readonly<Record<string, string | number>>) => string>,
};

export type WidgetTexts = typeof widget;
