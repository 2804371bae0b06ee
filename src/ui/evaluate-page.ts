/** The contract of `src/load-evaluate.ts`: the page and everything that it shows. */
import type { Component } from 'svelte';
import type { EvaluateMessages } from '../i18n/evaluate';
import type { Answering } from '../stores/chat/answering.svelte';
import type { Arena } from '../stores/evaluate/arena.svelte';
import type { PythonJudging } from '../stores/evaluate/python-judging.svelte';
import type { SpeedRuns } from '../stores/evaluate/speed-runs.svelte';
import type { SuiteRuns } from '../stores/evaluate/suite-runs.svelte';
import type { Models } from '../stores/models/models.svelte';

export interface EvaluatePage {
  readonly View: Component<{ page: EvaluatePage; onClose: () => void }>;
  readonly answering: Answering;
  readonly models: Models;
  readonly suites: SuiteRuns;
  readonly python: PythonJudging;
  readonly speed: SpeedRuns;
  readonly arena: Arena;
  readonly t: EvaluateMessages;
}
