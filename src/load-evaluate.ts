/** Wires what Evaluate needs; apart from `main.ts`, since most visits never load it. */
import type { ModelEngine } from './bridge/engine-client';
import { measurePageMemory } from './bridge/page-memory';
import View from './ui/evaluate/Evaluate.svelte';
import { loadEvaluateTexts } from './i18n/evaluate';
import type { InterfaceLanguage } from './protocol/languages';
import { makeCodeSandbox, makePythonSandbox, pythonBytes } from './make-sandboxes';
import * as storage from './storage/evaluations';
import type { Answering } from './stores/chat/answering.svelte';
import { Arena } from './stores/evaluate/arena.svelte';
import { PythonJudging } from './stores/evaluate/python-judging.svelte';
import { SpeedRuns } from './stores/evaluate/speed-runs.svelte';
import { SuiteRuns } from './stores/evaluate/suite-runs.svelte';
import type { Models } from './stores/models/models.svelte';
import type { EvaluatePage } from './ui/evaluate-page';

interface ChatStores {
  readonly answering: Answering;
  readonly engine: ModelEngine;
  readonly models: Models;
}

type Stores = Pick<EvaluatePage, 'suites' | 'python' | 'speed' | 'arena'>;

let made: Stores | null = null;

/** The page, its texts, and the same stores each time, with what is stored read anew. */
export async function loadEvaluate(
  chatStores: ChatStores,
  language: InterfaceLanguage,
): Promise<EvaluatePage> {
  const stores = (made ??= make(chatStores));
  const { suites, speed, arena } = stores;
  const [t] = await Promise.all([
    loadEvaluateTexts(language),
    suites.load(),
    speed.load(),
    arena.load(),
  ]);
  return { ...chatStores, ...stores, View, t };
}

function make({ answering, engine, models }: ChatStores): Stores {
  const sandbox = makeCodeSandbox();
  const [[, appVersion] = ['', '']] = import.meta.env['PARTS'] as readonly [string, string][];
  const environment = { userAgent: navigator.userAgent, appVersion };
  const common = { engine, models, answering, storage, environment };
  const suites = new SuiteRuns({ ...common, runCode: (...args) => sandbox.run(...args) });
  return {
    suites,
    python: new PythonJudging({ suites, python: makePythonSandbox(), sizeBytes: pythonBytes }),
    speed: new SpeedRuns({ ...common, measureMemory: measurePageMemory }),
    arena: new Arena(common),
  };
}
