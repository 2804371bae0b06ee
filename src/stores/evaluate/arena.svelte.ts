/** Lets two settings answer one prompt, one after the other, and stores the votes. */
import {
  type Choice,
  comparisonsOf,
  type Contestant,
  contestantKey,
  readVote,
  type Vote,
  voteSchema,
} from '../../core/evaluate/arena';
import { bradleyTerry } from '../../core/evaluate/statistics';
import { AppError } from '../../protocol/errors';
import { newId } from '../../protocol/new-id';
import type { Answering } from '../chat/answering.svelte';
import type { Models } from '../models/models.svelte';
import { HeadlessChat } from './headless-chat';

export interface ArenaStorage {
  loadVotes(): Promise<readonly unknown[]>;
  saveVote(vote: Vote): Promise<void>;
  deleteVotes(): Promise<void>;
}

export interface ArenaOptions {
  readonly models: Models;
  readonly answering: Answering;
  readonly storage: ArenaStorage;
}

/** Two answers to one prompt; their settings must not be shown before the vote. */
export interface Match {
  readonly prompt: string;
  readonly left: { readonly contestant: Contestant; readonly text: string };
  readonly right: { readonly contestant: Contestant; readonly text: string };
  /** Null until the vote. */
  readonly choice: Choice | null;
}

const maxAnswerTokens = 256;

export class Arena {
  votes = $state.raw<readonly Vote[]>([]);
  match = $state.raw<Match | null>(null);
  /** The answer being written, 1 or 2; null for none. */
  writing = $state<1 | 2 | null>(null);
  error = $state.raw<AppError | null>(null);
  isUnstored = $state(false);
  /** The highest rating first. */
  ratings = $derived.by(() => {
    const contestants = Object.fromEntries(
      this.votes.flatMap(({ left, right }) =>
        [left, right].map((one) => [contestantKey(one), one] as const),
      ),
    );
    return bradleyTerry(comparisonsOf(this.votes)).map((rating) => ({
      ...rating,
      contestant: contestants[rating.id]!,
    }));
  });

  readonly #options: ArenaOptions;
  #controller: AbortController | null = null;

  constructor(options: ArenaOptions) {
    this.#options = options;
  }

  /** Never rejects. */
  async load(): Promise<void> {
    try {
      const stored = await this.#options.storage.loadVotes();
      this.votes = stored.map(readVote).filter((vote) => vote !== null);
    } catch {
      this.isUnstored = true;
    }
  }

  /** Writes both answers, in random order and on random sides. Never rejects: see `error`. */
  async play(prompt: string, contestants: readonly [Contestant, Contestant]): Promise<void> {
    const { answering, models } = this.#options;
    if (answering.busy || prompt.trim() === '') return;
    const before = models.chosen;
    this.error = null;
    this.match = null;
    const own = new AbortController();
    this.#controller = own;
    const [first, second] = isHeads() ? contestants : [contestants[1], contestants[0]];
    await answering.exclusively(null, async (signal) => {
      try {
        const either = AbortSignal.any([signal, own.signal]);
        this.writing = 1;
        const one = await this.#answer(first, prompt, either);
        this.writing = 2;
        const other = await this.#answer(second, prompt, either);
        const [left, right] = isHeads() ? [one, other] : [other, one];
        this.match = { prompt, left, right, choice: null };
      } catch (cause) {
        const error = AppError.from(cause, 'engine-failed');
        if (error.code !== 'aborted') this.error = error;
      }
      // The chat keeps the model that the visitor chose.
      await models.choose(before, { withinRun: true });
    });
    this.#controller = null;
    this.writing = null;
  }

  cancel(): void {
    this.#controller?.abort();
    if (this.#options.models.state.phase !== 'ready') this.#options.models.cancel();
  }

  /** Takes one vote only; after it the settings may be shown. */
  async vote(choice: Choice): Promise<void> {
    const { match } = this;
    if (!match || match.choice !== null) return;
    this.match = { ...match, choice };
    const vote: Vote = {
      schema: voteSchema,
      id: newId(),
      atMs: Date.now(),
      choice,
      prompt: match.prompt,
      left: match.left.contestant,
      right: match.right.contestant,
    };
    this.votes = [...this.votes, vote];
    await this.#options.storage.saveVote(vote).catch(() => (this.isUnstored = true));
  }

  async forget(): Promise<void> {
    this.votes = [];
    this.match = null;
    await this.#options.storage.deleteVotes().catch(() => (this.isUnstored = true));
  }

  async #answer(contestant: Contestant, prompt: string, signal: AbortSignal) {
    const { answering, models } = this.#options;
    signal.throwIfAborted();
    const model = models.list.find(({ id }) => id === contestant.modelId);
    if (!model) throw new AppError('model-missing');
    await models.choose(model, { withinRun: true });
    if (models.chosen.id !== model.id) throw new AppError('model-not-loaded');
    await models.ensureReady();
    const { safety, pinned, pinStrength, asOf } = contestant;
    const settings = { safety, pinned, pinStrength, asOf: asOf ?? 'off' } as const;
    const headlessChat = new HeadlessChat(
      { generator: answering.generator, models },
      settings,
      maxAnswerTokens,
    );
    const { text } = await headlessChat.ask(prompt, signal);
    return { contestant, text };
  }
}

const isHeads = () => crypto.getRandomValues(new Uint8Array(1))[0]! % 2 === 0;
