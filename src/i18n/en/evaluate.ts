/** English texts of Evaluate: published figures, suites, speed, arena. */
import type { EngineId } from '../../protocol/engine';
import { formatter } from '../format';

const { number, count, size, dateTime, duration } = formatter('en');
const percent = (share: number, digits = 0) => `${number(share * 100, digits)} %`;
const items = (n: number) => (n === 1 ? '1 item' : `${count(n)} items`);

/** The keys are those of `core/evaluate/published`. */
const benchmarks = {
  code: 'Code',
  commonsense: 'Commonsense',
  'world-knowledge': 'World knowledge',
  reading: 'Reading',
  maths: 'Maths',
  mmlu: 'MMLU',
  bbh: 'BIG-Bench Hard',
  'agi-eval': 'AGI Eval',
  triviaqa: 'TriviaQA',
  'natural-questions': 'Natural Questions',
  gsm8k: 'GSM8K',
  humaneval: 'HumanEval',
};

/** The keys are those of `core/evaluate/suites`. */
const suites = {
  persistence: {
    name: 'Following an instruction',
    about:
      'Does the model still know at turns 2, 4, 6 and 20 what the first message said? With the instruction pinned, and without. In the form of the Llama 2 paper’s Table 30.',
  },
  temporal: {
    name: 'Dates',
    about: 'Questions whose answer depends on the date of the chat.',
  },
  safety: { name: 'Safety', about: 'Does it decline clearly harmful questions?' },
  'over-refusal': {
    name: 'Over-refusal',
    about: 'Does it answer harmless questions that only sound harmful?',
  },
  maths: { name: 'Maths', about: 'Word problems with one number as the answer.' },
  coding: {
    name: 'Coding',
    about: 'Small JavaScript functions, run in a sealed sandbox.',
  },
  english: { name: 'English', about: 'Facts, words, grammar and reading.' },
  italian: { name: 'Italian', about: 'Facts, words, grammar and reading, in Italian.' },
  gsm8k: {
    name: 'GSM8K (your file)',
    about: 'Right if the final number matches the file’s exactly. Asked without worked examples.',
  },
  humaneval: {
    name: 'HumanEval (your file)',
    about:
      'Corral writes the answers first. Then judge them here with Python, which is downloaded for that, or save them as samples.jsonl and score them with HumanEval’s own program.',
  },
};

const engines: Readonly<Record<EngineId, (threads: number) => string>> = {
  wllama: (threads: number) =>
    `wllama, processor, ${threads === 1 ? '1 thread' : `up to ${threads} threads`}`,
  webllm: () => 'WebLLM, graphics chip',
};

export const evaluate = {
  title: 'Evaluate',
  close: 'Back to the chat',
  tabs: { compare: 'Compare', suites: 'Suites', speed: 'Speed', arena: 'Arena' },
  busy: 'An answer is being written in the chat. Wait for it, or stop it there.',
  notStored:
    'This browser stores nothing for this page: results are lost when it is closed. Export them to keep them.',
  model: 'Model',
  modelNotHere: (bytes: number) => `${size(bytes)} to download first`,
  mode: 'Mode',
  ownMode: 'Model default',
  percent,
  delete: 'Delete',
  share: (passed: number, judged: number) => `${passed} of ${judged}`,
  interval: (low: number, high: number) => `${percent(low)} to ${percent(high)}`,
  subject: {
    engines,
    adapter: (name: string) => `adapter ${name}`,
    cores: (cores: number) => `${cores} cores`,
    context: (tokens: number) => `context of ${count(tokens)} tokens`,
    app: (version: string) => `Corral ${version}`,
    at: dateTime,
  },
  compare: {
    about:
      'What Meta published about Llama 2 in July 2023, from the paper’s own tables. They measured the full models on large computers. Results measured on this device are not comparable, and are listed separately below.',
    source:
      'Touvron et al., “Llama 2: Open Foundation and Fine-Tuned Chat Models”, arXiv 2307.09288.',
    tables: {
      'by-size': {
        title: 'Llama 2 and open models, by size',
        note: 'Base models. The first five are averages of groups of benchmarks.',
      },
      closed: {
        title: 'Llama 2 70B and closed models',
        note: 'A dash means that the paper has no value. The values of other models are from their makers’ reports.',
      },
      'code-by-size': {
        title: 'Python, by size',
        note: 'HumanEval: the share of functions that were right at the first attempt.',
      },
      'ghost-attention': {
        title: 'Following an instruction over many turns',
        note: 'With Ghost Attention (GAtt) and without, judged by people: does the model still know what the first message said?',
      },
    },
    figure: number,
    table: (n: number) => `Table ${n}`,
    modelColumn: 'Model',
    benchmarks,
    turn: (turn: string) => `Turn ${turn}`,
    chartOf: 'Chart',
    chart: (what: string) => `Bar chart: ${what}, in percent. The table has the same values.`,
    none: 'no value',
    measured: 'Measured on this device',
    measuredAbout:
      'Corral’s own items, or your files, asked the way the chat asks. Not comparable with the results above: different questions, different prompts, smaller weights.',
    nothing: 'No results yet: run a suite.',
  },
  suites: {
    about:
      'Each suite asks the selected model fixed questions, as the chat does, always with the most likely word and a fixed seed: the same engine gives the same answers again. Leaving this page pauses a run; you can resume it later.',
    choose: 'Suite',
    names: suites,
    items: 'Number of items',
    all: (n: number) => `all ${n}`,
    first: (n: number) => (n === 1 ? 'the first' : `the first ${n}`),
    turns: 'Turns',
    upTo: (turn: number) => `up to turn ${turn}`,
    pin: 'Position of the pinned instruction',
    pinStrengths: { system: 'in the system text', 'every-turn': 'before every question' },
    file: 'Run GSM8K or HumanEval from a file',
    fileHint:
      'GSM8K’s test.jsonl or HumanEval.jsonl: choose it, or drop it here. It stays on this device.',
    fileRead: (name: string, n: number) => `${name}: ${items(n)}`,
    start: 'Run',
    pause: 'Pause',
    pausing: 'Pausing…',
    resume: 'Resume',
    progress: (done: number, total: number) => `${count(done)} of ${count(total)} questions`,
    left: (ms: number) => `about ${duration(ms / 1000)} left`,
    noPace: 'time left unknown',
    results: 'Results',
    paused: (done: number, total: number) => `Paused after ${done} of ${total} tasks`,
    took: (ms: number) => `took ${duration(ms / 1000)}`,
    otherVersion: 'From another version of the suites: it cannot be resumed.',
    conditions: { pinned: 'Pinned', unpinned: 'Only in the first message' },
    turnColumn: 'Turn',
    resultColumn: 'Right',
    intervalColumn: '95 % interval (Wilson)',
    notJudged: (n: number) => `${items(n)} answered, not judged here.`,
    samples: 'Save as samples.jsonl',
    answers: 'All answers',
    verdicts: { passed: 'right', failed: 'wrong', 'not-judged': 'not judged' },
    published: 'Published, Table 30',
    publishedNote: 'with Ghost Attention 100 / 100 / 100 / 100 %, without 100 / 10 / 0 / 0 %',
    exportJson: 'Export as JSON',
    exportCsv: 'Export as CSV',
    safetyNote:
      'Refusals are detected by keywords: check the answers before you rely on the percentage.',
    sandboxNote:
      'The code runs in a separate interpreter, inside a frame without an origin: no network, no page, no storage, 64 MB, three seconds.',
  },
  python: {
    name: 'Judging with Python',
    about: (bytes: number) =>
      `An answer is right if it passes HumanEval’s own tests within ten seconds. Python (Pyodide, ${size(bytes)} at most) is downloaded from this site and stored. It runs in a frame without access to network, page or storage.`,
    start: (bytes: number) => `Judge with Python (about ${size(bytes)})`,
    fetching: (received: number, total: number) =>
      `Downloading Python: ${size(received)} of ${size(total)}`,
    judging: (done: number, total: number) => `${count(done)} of ${count(total)} judged`,
    cancel: 'Cancel',
    leftOut:
      'This site was built without Python: save the answers as samples.jsonl and score them with HumanEval’s own program.',
    problems: {
      'python-missing': {
        title: 'This site has no Python.',
        next: 'Save the answers as samples.jsonl and score them with HumanEval’s own program. (python-missing)',
      },
      'python-offline': {
        title: 'Python could not be downloaded.',
        next: 'Go online and try again; or save the answers as samples.jsonl. (python-offline)',
      },
      'python-failed': {
        title: 'Python did not start.',
        next: 'Close other programs that use a lot of memory and try again; or save the answers as samples.jsonl. (python-failed)',
      },
    },
  },
  speed: {
    about:
      'Loads the chosen model again, reads prompts of several lengths, and writes 32 tokens after each, up to three times. Shows the medians. Other work on the device slows it down.',
    start: 'Measure',
    cancel: 'Cancel',
    working: 'Measuring…',
    columns: {
      prompt: 'Prompt, tokens',
      prefill: 'Reading, tokens/s',
      decode: 'Writing, tokens/s',
      first: 'First token after',
    },
    load: 'Loading',
    memory: 'Memory of the page and its workers',
    memoryUnknown: 'not reported by this browser',
    memoryNote: 'Excludes the graphics chip’s memory.',
    rate: (value: number | null) => (value === null ? '–' : number(value, 1)),
    tokens: count,
    seconds: (ms: number) => `${number(ms / 1000, ms < 10_000 ? 2 : 1)} s`,
    size,
    copy: 'Copy as text',
    copied: 'Copied.',
    shareCard: 'Share',
    results: 'Results',
  },
  arena: {
    about:
      'One prompt, two settings, two anonymous answers. Vote, then see which setting wrote which. Votes stay on this device.',
    prompt: 'Prompt',
    sides: ['First setting', 'Second setting'],
    pinned: 'Pinned instruction',
    asOf: 'As of (date or year)',
    play: 'Get both answers',
    writing: (n: number) => `Writing answer ${n} of 2…`,
    same: 'Choose two different settings.',
    answers: { left: 'Answer A', right: 'Answer B' },
    vote: 'Which is better?',
    choices: { left: 'A', right: 'B', tie: 'Equally good', 'both-bad': 'Both bad' },
    wrote: (name: string) => `Written by ${name}`,
    voted: 'Thank you. The vote counts below.',
    ratings: 'Ratings',
    ratingsAbout:
      'Bradley–Terry, on Elo’s scale around 1000, with 95 % intervals. With few votes they are wide.',
    noVotes: 'No votes yet.',
    settingColumn: 'Setting',
    ratingColumn: 'Rating',
    intervalColumn: '95 % interval',
    votesColumn: 'Votes',
    forget: 'Delete all votes',
    pin: (text: string) => `pinned “${text}”`,
    pinEvery: (text: string) => `“${text}” before every question`,
    date: (date: string) => `as of ${date}`,
    to: (low: string, high: string) => `${low} to ${high}`,
    points: (value: number) => number(value, 0),
  },
};

export type EvaluateMessages = typeof evaluate;
