/** English texts of the widget: the chat inside other sites, and what the app says about those. */
import type { SiteErrorCode } from '../../protocol/site-error';
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
      `Your first message downloads ${name} (${size(bytes)}) for this site.`,
  },
  options: 'Options of this chat',
  newChat: 'New chat',
  siteInstructions: (site: string) => `Instructions from ${site} to the model`,
  permission: {
    title: (site: string) => `Allow ${site} to use your model?`,
    text: 'This site wants to write texts with the language model on your device. It sends its questions to the model and reads the answers. It cannot see your chats.',
    turn: 'Answer …',
    allow: 'Allow',
    refuse: 'Not now',
    covered: 'Make sure that nothing covers this question.',
    wait: 'You can answer in a moment.',
    inWindow: 'Answer in a Corral window',
    note: 'You can revoke this permission at any time in Corral’s settings. It expires after 90 days without use.',
    noteHere:
      'This permission ends when you close this tab, or press Stop while the site uses the model.',
  },
  more: {
    title: (site: string) => `Allow ${site} to use your model for longer?`,
    text: 'This site has used your model for ten minutes within the last hour.',
    allow: 'Allow ten more minutes',
    note: 'Otherwise the site has to wait.',
  },
  use: {
    now: (site: string) => `${site} is using your model.`,
    stop: 'Stop',
    stopDetail: (site: string) => `Stop, and revoke the permission of ${site} to use your model`,
  },
  site: {
    title: 'This site',
    allowed: (site: string) => `${site} may use your model.`,
    notAllowed: (site: string) =>
      `${site} may not use your model, unless you allow it when it asks.`,
    revoke: 'Revoke',
  },
  sites: {
    title: 'Sites that may use your model',
    none: 'None yet.',
    since: (atMs: number, usedAtMs: number) =>
      `allowed ${dateTime(atMs)}, last used ${dateTime(usedAtMs)}`,
    revoke: (site: string) => `Revoke the permission of ${site}`,
    revokeShort: 'Revoke',
    partitioned:
      'A permission expires after 90 days without use. If your browser separates the data of each site, an open page keeps its permission until its tab is closed, and permissions that end with a tab are not listed here.',
  },
  modelAccess: {
    title: (name: string) => `Where should ${name} come from?`,
    tooLarge: (name: string, bytes: number) =>
      `${name} is large (${size(bytes)}). Your browser separates the data of each site, so it would be downloaded for this site only. Corral does not do that.`,
    access: 'Use the models of my Corral',
    accessDetail:
      'Your browser may ask for your permission. This works only if you have visited Corral itself before.',
    noAccess:
      'This browser separates the data of each site. A Corral window can answer for this chat.',
    window: 'Open Corral in a window',
    windowDetail: 'The window runs the model for this chat while it is open.',
    builtIn: (name: string, bytes: number) => `Use ${name} (${size(bytes)})`,
    refused:
      'The browser did not allow it. Visit Corral itself once, then try again, or choose another way.',
    none: (name: string) => `Your Corral does not have ${name} yet.`,
    granted: 'This chat uses the models of your Corral.',
    windowClosed: 'The window was closed.',
    windowBlocked: 'The window could not be opened, or this site blocks the connection to it.',
    windowOpen: 'A Corral window answers for this chat.',
  },
  window: {
    title: 'Corral answers for a chat',
    text: (site: string) =>
      `A chat on ${site} uses this window’s model. Keep the window open; closing it ends the connection.`,
    waiting: 'Waiting for the chat that opened this window …',
    fetchTitle: (name: string, bytes: number) => `Download ${name} (${size(bytes)})?`,
    fetchText: (site: string) => `The chat on ${site} needs it.`,
    fetch: 'Download',
  },
  refused: {
    title: 'This chat cannot be shown here',
    lone: 'This page is meant to be embedded in other sites.',
    openApp: 'Open Corral',
  },
  errors: {
    'permission-denied': () => 'The visitor did not allow this site to use the model.',
    'permission-revoked': () => 'The visitor has revoked this site’s permission to use the model.',
    'budget-spent': () =>
      'This site has used the model for as long as the visitor allows within an hour.',
    'completion-invalid': ({ field }) => `The request is not valid: ${field ?? 'its shape'}.`,
    'too-many-requests': ({ limit }) =>
      `More than ${limit ?? 'a few'} requests are already waiting.`,
    'json-unsupported': () => 'This model cannot be restricted to JSON.',
    'schema-unsupported': ({ at }) =>
      `Answers cannot be restricted to this ${at === undefined ? 'format' : `schema, because of ${at}`}. Leave that out, or ask for a json_object, describe it in a message, and check the answer.`,
    'no-such-model': ({ model }) => `There is no model “${model ?? ''}”.`,
    'licence-needed': ({ model }) =>
      `The visitor has to accept the licence of ${model ?? 'that model'} first.`,
    'model-unfit': ({ model }) => `This device cannot run ${model ?? 'that model'}.`,
  } satisfies Record<SiteErrorCode, (data: Readonly<Record<string, string | number>>) => string>,
};

export type WidgetTexts = typeof widget;
