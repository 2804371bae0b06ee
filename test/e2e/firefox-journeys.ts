/**
 * What `npm test` runs in Firefox: at least one journey for each area, and what is quick. The rest of the suite
 * runs there by `npm test -- firefox-all`.
 */
export const firefoxJourneys: Readonly<Record<string, readonly string[]>> = {
  'chat.spec.ts': [
    'answers the first question with the built-in model, and shows how far it is',
    'reads only what is new on the second turn',
    'keeps the conversation and the model over a reload',
    'stops an answer, keeps its text, and answers the next question',
    'speaks Italian to an Italian browser',
  ],
  'code-run.spec.ts': ['previews HTML without any network, and with its scripts only if asked to'],
  'cria.webgpu.spec.ts': [
    'downloads, shows progress, answers a fact, reuses the KV cache in the next turn',
  ],
  'documents.spec.ts': ['what cannot be read is said to be so, and the chat goes on'],
  'evaluate-sandbox.spec.ts': ['contains network, page, storage, endless loops and memory'],
  'first-visit.spec.ts': ['offers to chat at once, and says why Llama 2 cannot run without a GPU'],
  'history.spec.ts': [
    'finds words whatever their case and accents, and goes to where they stand',
    'keeps a draft for every chat, over a reload too',
    'opens a drawer on a phone, and closes it by Escape or by a choice',
  ],
  'input.spec.ts': ['does not send an empty message'],
  'markdown.spec.ts': [
    'shows headings, lists, tasks, tables and quotes as what they are',
    'colours code, names its language and copies it, and says so',
    'sets formulas as MathML, and leaves prices alone',
    'shows where a link leads before it opens it in a new tab, without a referrer',
    'keeps wide tables, code and formulas inside a phone’s width',
  ],
  'messages.spec.ts': [
    'answers again beside the first answer, and walks between the two',
    'copies an answer as it is seen, and as Markdown',
    'can all be reached by keyboard',
  ],
  'offline.spec.ts': [
    'answers with the server stopped, under / on a host with the headers',
    'answers with the server stopped, under /some/path/ on a host without the headers',
    'opens in Italian without a network, though only English was ever shown',
  ],
  'own-files.spec.ts': ['answers with a GGUF file from this device, without the network'],
  'settings.spec.ts': [
    'a chosen look holds against the device’s, over a reload and in other tabs',
    'leads to models, privacy and keyboard, and tells what it is made of',
  ],
  // An export does not end there: Playwright waits for the saved file for ever.
  'transfer.spec.ts': ['takes a file that is dropped onto the list, unless it is huge'],
  'two-tabs.spec.ts': ['an answer that one tab writes is seen in the other while it grows'],
  'update.spec.ts': ['a version that comes in mid-answer waits for its end, and for the visitor'],
  'widget.spec.ts': [
    'chats in a frame of Corral’s own, which the site cannot read; two of them share one engine',
    'answers a site’s own requests once the visitor has allowed it, until that is taken back',
  ],
  'widget-hosting.spec.ts': [
    'answers only the sites that whoever hosts it has named, on any kind of host',
  ],
};
