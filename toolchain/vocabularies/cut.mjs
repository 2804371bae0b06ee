// Cuts models' vocabularies down to what the prompts of test/fixtures/family-prompts.json need, with their true ids:
//   node toolchain/vocabularies/cut.mjs FOLDER
// FOLDER has the packages of README.md in its node_modules. What is left of a vocabulary is a tokenizer.json that
// gives those prompts the same tokens as the whole one.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { Tokenizer } from '@huggingface/tokenizers';
import { byteChars } from './byte-chars.mjs';
import { sources } from './sources.mjs';

const folder = process.argv[2];
if (!folder) throw new Error('Usage: node toolchain/vocabularies/cut.mjs FOLDER');
const fixtures = new URL('../../test/fixtures/', import.meta.url);
/** @type {{ vocabulary: string, first: string, second: string }[]} */
const families = JSON.parse(readFileSync(new URL('family-prompts.json', fixtures), 'utf8'));
mkdirSync(new URL('vocabularies/', fixtures), { recursive: true });

for (const [name, read] of Object.entries(sources(path.join(folder, 'node_modules')))) {
  const texts = families
    .filter(({ vocabulary }) => vocabulary === name)
    .flatMap(({ first, second }) => [first, second]);
  const whole = await read();
  const small = cut(whole, texts);
  for (const text of texts) {
    const [expected, actual] = [encode(whole, text), encode(small, text)];
    if (expected !== actual) throw new Error(`${name}: ${expected} is not ${actual}`);
  }
  const json = `${JSON.stringify(small)}\n`;
  writeFileSync(new URL(`vocabularies/${name}.json`, fixtures), json);
  console.log(`${String(json.length).padStart(8)} ${name}`);
}

/**
 * @param {import('./sources.mjs').TokenizerFile} file
 * @param {string} text
 */
function encode(file, text) {
  return new Tokenizer(file, {}).encode(text, { add_special_tokens: false }).ids.join();
}

/**
 * A piece that is in no text can be no token of it, and no step towards one.
 * @param {import('./sources.mjs').TokenizerFile} whole
 * @param {readonly string[]} texts
 */
function cut({ added_tokens: added, model, ...rest }, texts) {
  const written = texts.flatMap(model.byte_fallback ? sentencePieceText : byteText);
  const isNeeded = (/** @type {string} */ piece) => written.some((text) => text.includes(piece));
  const isByte = (/** @type {string} */ piece) =>
    model.byte_fallback ? /^<0x[0-9A-F]{2}>$/.test(piece) : [...piece].length === 1;
  const pairs = model.merges.map((merge) => (typeof merge === 'string' ? merge.split(' ') : merge));
  const marks = added.filter(({ content }) => texts.some((text) => text.includes(content)));
  return {
    ...rest,
    post_processor: null,
    added_tokens: marks,
    model: {
      ...model,
      vocab: Object.fromEntries([
        ...Object.entries(model.vocab).filter(
          ([piece]) => isByte(piece) || isNeeded(piece) || piece === model.unk_token,
        ),
        // WebLLM's tokenizer numbers marks itself where the vocabulary lacks them.
        ...marks.map(({ content, id }) => [content, id]),
      ]),
      merges: pairs.filter((pair) => isNeeded(pair.join(''))),
    },
  };
}

/** @param {string} text */
function byteText(text) {
  const chars = byteChars();
  return [[...new TextEncoder().encode(text)].map((code) => chars[code]).join('')];
}

/**
 * With the space that may be put in front of each run between two control tokens.
 * @param {string} text
 */
function sentencePieceText(text) {
  const runs = text.split(/(?<=>|\])|(?=<|\[)/).map((run) => ` ${run}`);
  return [text, ...runs].map((one) => one.replaceAll(' ', '▁'));
}
