// `npm run bench -- turns`: the prefilled tokens and the time of each turn of a chat, with and without the
// previous turn's KV cache, on both engines.
import { cpus } from 'node:os';
import { openApp } from '../scripts/app-session.mjs';
import { webGpuAdapter } from '../scripts/chromium-options.mjs';
import { say } from '../scripts/entry-point.mjs';
import { buildApp } from '../scripts/serving.mjs';
import { provideModels } from '../scripts/set-up/models.mjs';
import { askForStats, startNewChat } from './measure/app-speed.mjs';
import { capitalQuestions } from './measure/capital-questions.mjs';
import { median, round } from './measure/statistics.mjs';

/** @typedef {import('../scripts/app-session.mjs').AppSession} AppSession */

/**
 * The instructions come first in the prompt: if they change with each turn, almost nothing after them can be
 * reused. Both are of equal length and have about the same effect on the model.
 * @typedef {object} Bench
 * @property {string} model Its id in the catalogue.
 * @property {boolean} webGpu
 * @property {number} turns
 * @property {number} answerTokens The approximate length at which an answer is stopped.
 * @property {readonly [string, string]} instructions
 * @property {(turn: number) => string} question
 */

/** @type {readonly Bench[]} */
const benches = [
  {
    model: 'smollm2-135m',
    webGpu: false,
    turns: 6,
    answerTokens: 40,
    instructions: ['Be brief.', 'Be short.'],
    question: (turn) => `Tell me about the llama called ${['Anna', 'Bruno', 'Carla'][turn % 3]}.`,
  },
  {
    model: 'cria',
    webGpu: true,
    turns: 8,
    answerTokens: 40,
    // Cria treats both as no instruction.
    instructions: ['You are a helpful assistant.', 'You are an assistant.'],
    question: (turn) => capitalQuestions[turn % capitalQuestions.length] ?? '',
  },
];

export default async function benchTurns() {
  await provideModels();
  await buildApp();
  /** @type {Record<string, Awaited<ReturnType<typeof measure>>>} */
  const models = {};
  for (const bench of benches) models[bench.model] = await measure(bench);
  return { bench: 'turns', cores: cpus().length, adapter: webGpuAdapter(), models };
}

/** @param {Bench} bench */
async function measure(bench) {
  const session = await openApp({ webGpu: bench.webGpu });
  try {
    await session.app.chooseModel({ id: bench.model, engine: undefined });
    // Loads the model and warms it up: browsers optimise hot wasm and shaders.
    await askForStats(session, 'Hello', 8);
    const withReuse = await chat(session, bench, { reuse: true });
    const without = await chat(session, bench, { reuse: false });
    const ofLast = [withReuse.at(-1), without.at(-1)];
    return {
      with_reuse: withReuse,
      without_reuse: without,
      last_turn_first_token_s: {
        with_reuse: ofLast[0]?.first_token_s,
        without_reuse: ofLast[1]?.first_token_s,
      },
      median_first_token_s: {
        with_reuse: median(withReuse.slice(1).map((turn) => turn.first_token_s)),
        without_reuse: median(without.slice(1).map((turn) => turn.first_token_s)),
      },
    };
  } finally {
    await session.close();
  }
}

/**
 * @param {AppSession} session
 * @param {Bench} bench
 * @param {{ reuse: boolean }} options
 */
async function chat(session, { model, turns, answerTokens, instructions, question }, { reuse }) {
  await startNewChat(session.page);
  await session.app.pin(instructions[0]);
  const measured = [];
  for (let turn = 0; turn < turns; turn += 1) {
    say(`${model}, ${reuse ? 'with' : 'without'} reuse, turn ${turn + 1} of ${turns} …`);
    if (!reuse) await session.app.pin(turn % 2 === 0 ? instructions[1] : instructions[0]);
    const stats = await askForStats(session, question(turn), answerTokens);
    measured.push({
      turn: turn + 1,
      prefilled: stats.promptTokens - stats.cachedTokens,
      reused: stats.cachedTokens,
      first_token_s: round(stats.timeToFirstTokenMs / 1000),
    });
  }
  return measured;
}
