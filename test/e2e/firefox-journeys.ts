/**
 * What `npm test` runs in Firefox: at least one journey for each area, and what is quick. The rest of the suite
 * runs there by `npm test -- firefox-all`.
 */
export const firefoxJourneys: Readonly<Record<string, readonly string[]>> = {
  'chat.spec.ts': [
    'answers the first question with the built-in model, and shows the progress',
    'prefills only the new part on the second turn',
    'keeps the conversation and the model over a reload',
    'stops an answer, keeps its text, and answers the next question',
    'is in Italian in an Italian browser',
  ],
  'code-run.spec.ts': ['previews HTML without any network, and with its scripts only if asked to'],
  'cria.webgpu.spec.ts': [
    'downloads, shows progress, answers, and reuses the KV cache on the next turn',
  ],
  'documents.spec.ts': [
    'a text file is sent with a question, stored with the chat, and deleted with it',
    'the model gets passages of a long PDF, and each opens its page',
    'an unreadable file gives an error, and the chat continues',
    'documents that bring scripts, addresses and orders reach nobody',
  ],
  'evaluate-sandbox.spec.ts': ['contains network, page, storage, endless loops and memory'],
  'first-visit.spec.ts': [
    'offers the built-in model, and says why Llama 2 cannot run without a GPU',
  ],
  'history.spec.ts': [
    'finds words in any case and with any accents, and scrolls to them',
    'keeps a draft for every chat, also over a reload',
    'opens a drawer on a phone, and closes it with Escape or a selection',
  ],
  'input.spec.ts': ['does not send an empty message'],
  'markdown.spec.ts': [
    'renders headings, lists, tasks, tables and quotes',
    'highlights code, names its language, copies it, and confirms',
    'renders formulas as MathML, and prices as text',
    'shows a link’s address before it opens in a new tab, without a referrer',
    'keeps wide tables, code and formulas within a phone’s width',
  ],
  'messages.spec.ts': [
    'regenerates an answer as another version, and switches between both',
    'copies an answer as shown, and as Markdown',
    'has actions that are all reachable by keyboard',
  ],
  'offline.spec.ts': [
    'answers with the server stopped, under / on a host with the headers',
    'answers with the server stopped, under /some/path/ on a host without the headers',
    'opens in Italian offline, although only English was shown before',
  ],
  'own-files.spec.ts': ['answers with a GGUF file from this device, without the network'],
  'settings.spec.ts': [
    'a selected theme overrides the device’s, after a reload and in other tabs',
    'links to models, privacy and keyboard shortcuts, and lists the parts of the app',
  ],
  // An export does not end there: Playwright waits for the saved file for ever.
  'transfer.spec.ts': ['imports a file that is dropped onto the list, unless it is too large'],
  'two-tabs.spec.ts': ['an answer that one tab writes appears in the other tab as it grows'],
  'update.spec.ts': ['a new version waits for the end of an answer, and for the visitor'],
  'widget.spec.ts': [
    'chats in a frame that the site cannot read, and two frames share one engine',
    'answers a site’s requests while it has the visitor’s permission',
  ],
  'widget-hosting.spec.ts': ['answers only the sites that its host allows, on any kind of host'],
};
