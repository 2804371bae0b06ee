/** Wires what Evaluate needs; apart from `main.ts`, since most visits never load it. */
import quickJsUrl from '@jitl/quickjs-wasmfile-release-sync/wasm?url';
import pythonWorkerUrl from '../workers/python.worker.ts?worker&url';
import sandboxWorkerUrl from '../workers/sandbox.worker.ts?worker&url';
import frameScript from '../workers/sandbox/frame.js?raw';
import type { ModelEngine } from './bridge/engine-client';
import { CodeSandbox } from './bridge/code-sandbox';
import { fetchWasm } from './bridge/fetch-wasm';
import { measurePageMemory } from './bridge/page-memory';
import { fetchPython } from './bridge/python-files';
import { PythonSandbox } from './bridge/python-sandbox';
import { SandboxFrame } from './bridge/sandbox-frame';
import View from './ui/evaluate/Evaluate.svelte';
import { loadEvaluateTexts } from './i18n/evaluate';
import type { InterfaceLanguage } from './protocol/languages';
import type { PythonFiles } from './protocol/python';
import * as storage from './storage/evaluations';
import type { Chat } from './stores/chat/chat.svelte';
import { Arena } from './stores/evaluate/arena.svelte';
import { PythonJudging } from './stores/evaluate/python-judging.svelte';
import { SpeedRuns } from './stores/evaluate/speed-runs.svelte';
import { SuiteRuns } from './stores/evaluate/suite-runs.svelte';
import type { Models } from './stores/models/models.svelte';
import type { EvaluatePage } from './ui/evaluate-page';

/** By the build. */
declare const PYTHON_FILES: PythonFiles | null;

interface ChatStores {
  readonly chat: Chat;
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

function make({ chat, engine, models }: ChatStores): Stores {
  const sandbox = new CodeSandbox(new SandboxFrame({ frameScript, load: loadCodeParts }));
  const [[, appVersion] = ['', '']] = import.meta.env['PARTS'] as readonly [string, string][];
  const environment = { userAgent: navigator.userAgent, appVersion };
  const { answering } = chat;
  const common = { engine, models, answering, storage, environment };
  const suites = new SuiteRuns({ ...common, runCode: (...args) => sandbox.run(...args) });
  const files = PYTHON_FILES;
  const python = new PythonSandbox({
    frameScript,
    fetchParts: (...args) => fetchPython(files?.folder ?? '', pythonWorkerUrl, ...args),
  });
  return {
    suites,
    python: new PythonJudging({ suites, python, sizeBytes: files?.bytes ?? null }),
    speed: new SpeedRuns({ ...common, measureMemory: measurePageMemory }),
    arena: new Arena(common),
  };
}

/** Only when an answer's code is run for the first time: most visits never do. */
async function loadCodeParts() {
  const [program, wasm] = await Promise.all([
    fetch(sandboxWorkerUrl).then((response) => response.text()),
    fetchWasm(quickJsUrl),
  ]);
  return { program, wasm };
}
