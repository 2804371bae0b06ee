/** From the turns that are shown to the engine's answer: what the model sees, and how it is sampled. */
import type { AsOfDate } from '../core/as-of-date';
import { dropOldest } from '../core/context-window';
import { type Exchange, exchangesOf, type Turn } from '../core/conversation';
import type { ConversationSettings } from '../core/conversation-settings';
import type { CatalogueModel } from '../core/models/model';
import {
  overflowOf,
  replyParams,
  type ReplyOptions,
  replyPrompt,
  systemText,
  visibleExchanges,
} from '../core/reply';
import { withSampling } from '../core/sampling';
import type { EngineClient } from '../engine/client';
import { AppError } from '../protocol/errors';
import type { AnswerWriter } from './answer-writer';

export interface ReplyOrder extends ReplyOptions {
  /** The last one is the question. */
  readonly turns: readonly Turn[];
  readonly settings: ConversationSettings;
  readonly chosen: CatalogueModel;
  readonly today: AsOfDate;
  readonly writer: AnswerWriter;
  readonly signal: AbortSignal;
  /** The oldest turn that the model still sees, if not all. */
  readonly onSeen: (firstSeenId: string | null) => void;
  /** 0 to 1 while the prompt is read; null from then on. */
  readonly onPrefill: (prefill01: number | null) => void;
}

/** What was put to the model for an answer. */
export interface Asked {
  readonly model: CatalogueModel;
  readonly system: string;
  readonly seen: readonly Exchange[];
}

/** The model must be loaded. Rejects with an AppError; an abort ends the answer as stopped. */
export async function writeReply(engine: EngineClient, order: ReplyOrder): Promise<Asked> {
  const { turns, settings, writer, signal } = order;
  const model = withSampling(order.chosen, settings.sampling);
  const question = turns.findLast((turn) => turn.role === 'user');
  const isDated = question?.asOf !== undefined;
  const system = systemText(model, settings, { today: order.today, isDated });
  const all = exchangesOf(turns);
  let seen = visibleExchanges(model, system, all);
  for (;;) {
    order.onSeen(seen.length < all.length ? (seen[0]?.questionId ?? null) : null);
    try {
      const prompt = replyPrompt(model, system, seen);
      const stream = engine.generate(prompt, replyParams(model, order), { signal });
      writer.begin();
      for await (const event of stream) {
        const isReading = event.type === 'prefill';
        order.onPrefill(isReading ? event.doneTokens / event.totalTokens : null);
        writer.take(event);
      }
      return { model, system, seen };
    } catch (cause) {
      // The estimate was too low and the engine counted: show it less, unless nothing is left.
      const error = AppError.from(cause, 'engine-failed');
      if (error.code !== 'context-overflow') throw error;
      const fewer = dropOldest(seen);
      if (!fewer) throw overflowOf(error, system, seen[0]?.user ?? '');
      seen = fewer;
    }
  }
}
