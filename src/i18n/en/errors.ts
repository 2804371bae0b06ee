/** English texts of errors. */
import type { ErrorCode, ErrorData } from '../../protocol/errors';
import { formatter } from '../format';

const { count, size, kilobytes } = formatter('en');

/** The beginning of a hash such as `sha256:0a1b…`. */
const begin = (hash: unknown) => String(hash).replace('sha256:', '').slice(0, 12);

/** What went wrong, and what to do about it. */
export interface ErrorText {
  readonly title: string;
  readonly next: string;
}

/** Functions of the error's data, since each language orders the words in its own way. */
export const errors: Record<ErrorCode, (data: ErrorData) => ErrorText> = {
  offline: () => ({
    title: 'You are offline and the model is not on this device yet.',
    next: 'Go online and try again; what was downloaded is kept.',
  }),
  'download-failed': ({ status }) => ({
    title: `The model could not be downloaded${status ? ` (the server answered ${status})` : ''}.`,
    next: 'Try again; what was downloaded is kept.',
  }),
  'download-incomplete': ({ receivedBytes, totalBytes }) => ({
    title: `The download ended early, at ${size(Number(receivedBytes))} of ${size(Number(totalBytes))}.`,
    next: 'Try again; the download resumes where it stopped.',
  }),
  'model-missing': () => ({
    title: 'The model is no longer on this device.',
    next: 'Download it again.',
  }),
  'model-not-here': ({ sizeBytes }) => ({
    title: `This model is too large${sizeBytes ? ` (${size(Number(sizeBytes))})` : ''} to be downloaded for one site only.`,
    next: 'Use the model in the Corral app, or choose a smaller one.',
  }),
  'model-not-a-model': () => ({
    title: 'The server sent something that is not a model.',
    next: 'If you are on a network with a sign-in page, sign in, then try again.',
  }),
  'model-damaged': () => ({
    title: 'The model’s file is damaged.',
    next: 'Download it again.',
  }),
  'model-changed': ({ file, before, now }) => ({
    title: `The publisher has changed a file of this model${file ? ` (${file})` : ''} since you first downloaded it${before ? `: its SHA-256 began with ${begin(before)}, and now begins with ${begin(now)}` : ''}.`,
    next: 'The new file was not kept. Choose another model, or accept the change if you expected it and trust it.',
  }),
  'model-address': () => ({
    title: 'This is not the address of a model.',
    next: 'Give the https address of a .gguf file, or of an MLC folder and its .wasm library.',
  }),
  'host-not-allowed': ({ host }) => ({
    title: `Corral may not download from ${host ?? 'that host'}.`,
    next: 'Download the files yourself and add them from this device, or ask the operator of this site to allow the host.',
  }),
  'host-unconfirmed': ({ host }) => ({
    title: `This model is not completely on this device, and it comes from ${host ?? 'another host'}.`,
    next: 'Press Download next to it in the list of models. Until then, Corral does not contact that host.',
  }),
  'files-not-a-model': () => ({
    title: 'These files are not a model.',
    next: 'Choose one .gguf file, or an MLC folder with mlc-chat-config.json and its .wasm library.',
  }),
  'file-missing': ({ file }) => ({
    title: `A file is missing from the folder${file ? `: ${file}` : ''}.`,
    next: 'Choose a folder that is complete.',
  }),
  'file-damaged': ({ file }) => ({
    title: `This file is damaged or incomplete${file ? `: ${file}` : ''}.`,
    next: 'Get it again from its source, and add it again.',
  }),
  'files-needed': () => ({
    title: 'The model’s files were not copied completely.',
    next: 'Add them again; Corral may read them only until the page is closed.',
  }),
  'template-missing': () => ({
    title: 'This model has no chat template.',
    next: 'Choose its prompt format in the list of models, or write one. Base models cannot chat: look for a model with “Instruct” or “Chat” in its name.',
  }),
  'template-broken': () => ({
    title: 'This model’s chat template cannot be read.',
    next: 'Choose the model’s prompt format in the list of models, or write one; or get a newer file.',
  }),
  'template-too-large': ({ limitCharacters }) => ({
    title: `This model’s chat template is too long${limitCharacters ? ` (over ${count(Number(limitCharacters))} characters)` : ''}.`,
    next: 'Choose the model’s prompt format in the list of models, or write one.',
  }),
  'template-endless': ({ seconds: s }) => ({
    title: `This model’s chat template did not finish${s ? ` within ${s} seconds` : ''}.`,
    next: 'Get the file from another publisher, or choose another model.',
  }),
  'template-irregular': () => ({
    title: 'This model’s chat template changes from message to message.',
    next: 'Corral cannot follow it safely. Choose the model’s prompt format in the list of models, or write one.',
  }),
  'format-incomplete': () => ({
    title: 'This format does not say where a question begins or ends.',
    next: 'Write the text before or after a question, or before an answer.',
  }),
  'format-too-long': ({ limitCharacters }) => ({
    title: `This format is too long${limitCharacters ? `: each of its texts can have ${count(Number(limitCharacters))} characters, in a few lines` : ''}.`,
    next: 'Shorten it. Instructions for each chat belong in the system prompt.',
  }),
  'library-missing': () => ({
    title: 'An MLC folder needs its compiled library, a .wasm file.',
    next: 'Give the library’s address, or put its .wasm file into the folder, and add it again.',
  }),
  'model-too-large': ({ name, needBytes, limitBytes }) => ({
    title: `${name ?? 'This model'} is too large (${size(Number(needBytes))}). In a browser, a model on the processor can be at most ${size(Number(limitBytes))}.`,
    next: 'Choose a smaller model, or the same one with a smaller quantisation.',
  }),
  'model-in-parts': ({ file, parts }) => ({
    title: `${file ?? 'This file'} is one part${parts ? ` of ${parts}` : ''} of a model.`,
    next: 'Join the parts with llama.cpp’s “llama-gguf-split --merge”, then add the one file that it writes.',
  }),
  'model-recurrent': ({ architecture }) => ({
    title: `This kind of model${architecture ? ` (${architecture})` : ''} cannot go back to an earlier point of a chat.`,
    next: 'Corral needs that to edit a question or to write another answer. Choose a model without recurrent layers.',
  }),
  'repository-missing': ({ repository }) => ({
    title: `${repository ?? 'This repository'} was not found, or it is private.`,
    next: 'Check its name: owner/name, as in the address of its page.',
  }),
  'repository-gated': ({ repository }) => ({
    title: `${repository ?? 'This repository'} requires you to sign in to download its files.`,
    next: 'Download the file there with your own account, then add it from this device. Or look for a public repository of the same model.',
  }),
  'repository-empty': ({ repository, parts }) => ({
    title: `${repository ?? 'This repository'} has no file that Corral can use${parts ? ': its GGUF models are split into parts' : ''}.`,
    next: 'Look for a repository of the same model whose name ends in “-GGUF”, with one file for each quantisation, or for an MLC folder.',
  }),
  'repository-unreadable': ({ host }) => ({
    title: `${host ?? 'The host'} did not answer as a model hub does.`,
    next: 'Check the host. If you are on a network with a sign-in page, sign in, then try again.',
  }),
  'storage-quota': ({ needBytes }) => ({
    title: `There is not enough space for the model${needBytes ? ` (${size(Number(needBytes))})` : ''}.`,
    next: 'Free some space on this device, or leave private browsing, then try again.',
  }),
  'storage-unavailable': () => ({
    title: 'This browser does not let Corral store the model.',
    next: 'Allow site data for this page, or leave private browsing, then try again.',
  }),
  'library-damaged': () => ({
    title: 'The model’s compiled library is damaged.',
    next: 'Download the model again.',
  }),
  'library-mismatch': () => ({
    title: 'The model’s compiled library does not fit its weights or this version of the app.',
    next: 'Download the model again, or choose another one.',
  }),
  'engine-file-missing': ({ file }) => ({
    title: `A part of the app is missing${file ? ` (${file})` : ''}.`,
    next: 'Reload the page. If it happens again, the site was not installed completely.',
  }),
  'engine-failed': () => ({
    title: 'The engine failed.',
    next: 'Try again, or choose another model.',
  }),
  'engine-died': () => ({
    title: 'The engine stopped unexpectedly.',
    next: 'Try again: it restarts automatically.',
  }),
  'engine-moved': () => ({
    title: 'The tab that ran the model was closed.',
    next: 'What was written is kept. Continue or try again: the model is loaded here now.',
  }),
  'engine-timeout': ({ seconds: s }) => ({
    title: `The engine did not start${s ? ` within ${s} seconds` : ''}.`,
    next: 'Close other tabs to free memory, then try again.',
  }),
  'engine-stalled': ({ seconds: s }) => ({
    title: `The engine wrote nothing${s ? ` for ${s} seconds` : ''}, and was stopped.`,
    next: 'Try again: it restarts automatically. Closing other busy tabs may help.',
  }),
  'engine-unsealed': () => ({
    title: 'Nothing was sent to the engine, because here it could open connections.',
    next: 'This site does not send the headers that block them, and this browser has no service worker to add them. Leave private browsing or use another browser, then try again; or tell the operator of this site.',
  }),
  'model-not-loaded': () => ({ title: 'No model is loaded.', next: 'Try again.' }),
  'gpu-unavailable': () => ({
    title: 'This browser offers no suitable graphics chip.',
    next: 'Choose the built-in model, which runs on the processor.',
  }),
  'gpu-lost': () => ({
    title: 'The graphics chip was reset.',
    next: 'Try again; close other busy tabs if it happens again.',
  }),
  'out-of-memory': () => ({
    title: 'There is not enough memory for this model.',
    next: 'Close other tabs, or choose a smaller model.',
  }),
  'context-overflow': ({ promptTokens, contextTokens, reserveTokens }) => ({
    title: promptTokens
      ? `Your message is too long: ${promptTokens} tokens, and this model can hold ${contextTokens}${reserveTokens ? `, ${reserveTokens} of them for its answer` : ''}.`
      : 'Your message is too long for this model.',
    next: 'Shorten it, or send only its end.',
  }),
  'instructions-too-long': ({ promptTokens, contextTokens }) => ({
    title: promptTokens
      ? `The chat’s instructions are too long: the prompt has ${promptTokens} tokens, and this model can hold ${contextTokens}.`
      : 'The chat’s instructions are too long for this model.',
    next: 'Shorten the system prompt or the pinned instruction, or choose a model with a larger context window.',
  }),
  'answer-too-long': ({ contextTokens }) => ({
    title: `This answer has filled the model’s context window${contextTokens ? ` of ${contextTokens} tokens` : ''}.`,
    next: 'Continue from the end, which drops the beginning; or choose a model with a larger context window; or ask something new.',
  }),
  'no-such-date': ({ date }) => ({
    title: `There is no such date${date ? `: ${date}` : ''}.`,
    next: 'Write a day as 2021-05-03, or a year as 2007.',
  }),
  'presets-unreadable': ({ place }) => ({
    title: `This is not a presets file${place ? ` (at ${place})` : ''}.`,
    next: 'Choose a file that Corral exported. Nothing was changed.',
  }),
  'presets-newer': () => ({
    title: 'These presets come from a newer Corral.',
    next: 'Reload the page to get the newest version, then try again. Nothing was changed.',
  }),
  'presets-too-large': ({ sizeBytes, limitBytes }) => ({
    title: `This file is too large for presets${sizeBytes ? ` (${kilobytes(Number(sizeBytes))}, at most ${kilobytes(Number(limitBytes))})` : ''}.`,
    next: 'Choose a file that Corral exported. Nothing was changed.',
  }),
  'chat-storage-full': () => ({
    title: 'This device is out of space: this chat is no longer being saved.',
    next: 'It is still open here. Export it, or free some space and try again.',
  }),
  'chat-not-stored': () => ({
    title: 'This browser does not let Corral store anything: reloading the page loses the chat.',
    next: 'Export it to keep it, or leave private browsing.',
  }),
  'chats-unreadable': () => ({
    title: 'The stored chats could not be read.',
    next: 'Reload the page. If it happens again, the browser may have damaged its storage.',
  }),
  'chats-locked': () => ({
    title: 'The chats on this device are locked.',
    next: 'Reload the page, and unlock them with the passphrase.',
  }),
  'passphrase-wrong': () => ({
    title: 'Wrong passphrase.',
    next: 'Check the keyboard’s language and capital letters, and try again.',
  }),
  'passphrase-short': ({ least }) => ({
    title: `This passphrase is too short${least ? ` (at least ${String(least)} characters)` : ''}.`,
    next: 'Choose several words that only you would combine.',
  }),
  'passphrases-differ': () => ({
    title: 'The two passphrases differ.',
    next: 'Enter the same passphrase twice.',
  }),
  'lock-unavailable': () => ({
    title: 'Chats cannot be locked or unlocked on this page.',
    next: 'Open Corral over https://: browsers allow encryption only there.',
  }),
  'import-too-large': ({ sizeBytes, limitBytes }) => ({
    title: `This file is too large${sizeBytes ? ` (${size(Number(sizeBytes))}; at most ${size(Number(limitBytes))})` : ''}.`,
    next: 'Nothing was changed. Export fewer chats at a time, and import those.',
  }),
  'import-chat-too-long': ({ messages, limitMessages }) => ({
    title: `A chat in this file is too long${messages ? ` (${count(Number(messages))} messages; at most ${count(Number(limitMessages))})` : ''}.`,
    next: 'Nothing was changed. Export the other chats one by one, and import those.',
  }),
  'import-foreign': () => ({
    title: 'This is not a file of chats that Corral can read.',
    next: 'Nothing was changed. Choose an export of Corral, ChatGPT, Claude, llama.cpp, NextChat or Open WebUI: a .json, .jsonl or .zip file.',
  }),
  'import-no-chats': () => ({
    title: 'There are no messages in this file.',
    next: 'Nothing was changed. Choose another export.',
  }),
  'import-archive': () => ({
    title: 'This archive cannot be unpacked here.',
    next: 'Nothing was changed. Unpack it yourself, and choose its file conversations.json.',
  }),
  'import-newer': () => ({
    title: 'This file is from a newer version of Corral.',
    next: 'Nothing was changed. Reload the page to get the newest version, then import it again.',
  }),
  'import-damaged': ({ where }) => ({
    title: `This file is damaged${where ? ` (at ${where})` : ''}.`,
    next: 'Nothing was changed. Export it again from its source.',
  }),
  'import-no-room': () => ({
    title: 'There is not enough space on this device for these chats.',
    next: 'Nothing was changed. Free some space, then import the file again.',
  }),
  'export-too-large': ({ sizeBytes, limitBytes }) => ({
    title: `With its documents the file would have ${size(Number(sizeBytes ?? 0))}, more than an import takes (${size(Number(limitBytes ?? 100_000_000))}).`,
    next: 'Export chats without documents or a few at a time, or remove documents from the library.',
  }),
  'document-too-large': ({ name, sizeBytes, limitBytes }) => ({
    title: `${name ?? 'This file'} is too large${sizeBytes ? ` (${size(Number(sizeBytes))})` : ''}.`,
    next: `Attach one of at most ${size(Number(limitBytes ?? 50_000_000))}, or a part of it.`,
  }),
  'document-too-long': ({ name, pages, limitPages, limitCharacters }) => ({
    title: `${name ?? 'This document'} is too long${pages ? ` (${count(Number(pages))} pages)` : ''}.`,
    next: `At most ${limitPages ? `${count(Number(limitPages))} pages` : `${count(Number(limitCharacters ?? 5_000_000))} characters`} can be read: attach a part of it.`,
  }),
  'document-encrypted': ({ name }) => ({
    title: `${name ?? 'This document'} is locked with a password.`,
    next: 'Open it where you have the password, save it without one, and attach that.',
  }),
  'document-broken': ({ name }) => ({
    title: `${name ?? 'This document'} is damaged or incomplete.`,
    next: 'Get it again from its source, or save it in another format.',
  }),
  'document-scanned': ({ name }) => ({
    title: `${name ?? 'This document'} has no text: its pages are images, such as scans.`,
    next: 'Run text recognition (OCR) on it first, then attach the result.',
  }),
  'document-encoding': ({ name }) => ({
    title: `The encoding of ${name ?? 'this text'} is not one that Corral can tell.`,
    next: 'Save it as UTF-8 in a text editor, and attach that.',
  }),
  'document-unreadable': ({ name }) => ({
    title: `The browser could not read ${name ?? 'the file'}: it was moved or changed, or is a folder.`,
    next: 'Choose the file again; of a folder, choose the files in it.',
  }),
  'document-empty': ({ name }) => ({
    title: `${name ?? 'This document'} is empty.`,
    next: 'Attach one that has text.',
  }),
  'document-unknown-kind': ({ name }) => ({
    title: `${name ?? 'This file'} has no text that Corral can read.`,
    next: 'Attach a text, Markdown, CSV, HTML, PDF, Word (.docx) or EPUB file.',
  }),
  'document-missing': ({ name }) => ({
    title: `${name ?? 'The attached document'} is no longer on this device.`,
    next: 'Edit the question and attach the document again.',
  }),
  'document-too-many': ({ limit }) => ({
    title: 'These are too many documents for one question.',
    next: `Attach at most ${count(Number(limit ?? 8))}.`,
  }),
  'document-no-room': ({ contextTokens }) => ({
    title: `The documents leave no room in the model’s context window${contextTokens ? ` of ${count(Number(contextTokens))} tokens` : ''}.`,
    next: 'Ask with fewer documents, or choose a model with a larger context window.',
  }),
  'document-not-kept': ({ name }) => ({
    title: `${name ?? 'The document'} is no longer in the library.`,
    next: 'Attach the file itself, or add it to the library again.',
  }),
  'documents-full': () => ({
    title: 'This device is out of space: the library was not changed.',
    next: 'Free some space on this device, or remove documents from the library, then try again.',
  }),
  'documents-unreadable': () => ({
    title: 'The library of documents could not be read or changed.',
    next: 'Reload the page. If it happens again, the browser may have damaged its storage.',
  }),
  'dataset-unreadable': ({ line }) => ({
    title: `This is not a GSM8K or HumanEval file (line ${line ?? 1}).`,
    next: 'Choose test.jsonl or HumanEval.jsonl.',
  }),
  'sandbox-failed': () => ({
    title: 'The sandbox that runs code did not start in this browser.',
    next: 'The answer was not judged. Reload the page and try again, or use another browser.',
  }),
  'browser-unsupported': ({ what }) => ({
    title: `This browser lacks something that Corral needs${what ? ` (${what})` : ''}.`,
    next: 'Update the browser, or use another one.',
  }),
  aborted: () => ({ title: 'Cancelled.', next: 'Send it again when you like.' }),
  unknown: () => ({ title: 'Something went wrong.', next: 'Try again, or reload the page.' }),
};

export type ErrorMessages = typeof errors;
