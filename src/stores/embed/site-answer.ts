/** An answer to a site's request, which may be written in several parts with pauses. */
import { catalogue } from '../../core/models/catalogue';
import { answerPiece } from '../../core/prompt/chat-prompt';
import type { Exchange } from '../../core/chat/conversation';
import { withPartial } from '../../core/chat/exchanges';
import type { ConversationSettings } from '../../core/chat/conversation-settings';
import type { CatalogueModel } from '../../core/models/model';
import { generateParams } from '../../core/prompt/model-request';
import type { GenerateParams, Prompt, Usage } from '../../protocol/engine';
import { AppError } from '../../protocol/errors';
import type { WidgetUsage } from '../../protocol/widget';

interface Plan {
  readonly prompt: Prompt;
  /** The number of exchanges that were left out. */
  readonly first: number;
}
type MakePlan = (exchanges: readonly Exchange[], settings: ConversationSettings) => Promise<Plan>;

export class SiteAnswer {
  usage: WidgetUsage = { promptTokens: 0, cachedTokens: 0, completionTokens: 0 };
  /** True until the site has received the start of the answer. */
  isNew = true;
  #text = '';

  constructor(
    readonly model: CatalogueModel,
    readonly exchanges: readonly Exchange[],
    readonly settings: ConversationSettings,
    readonly format: GenerateParams['responseFormat'],
  ) {}

  /** Null if the text so far leaves no room for more. */
  async plan(make: MakePlan): Promise<Plan | null> {
    const { exchanges, settings, model } = this;
    const sampling = { ...settings.sampling, maxAnswerTokens: this.#leftTokens };
    // A chat may lose its beginning, but a site's request must fit as a whole.
    const overflow = new AppError('context-overflow', { contextTokens: model.contextTokens });
    try {
      const plan = await make(withPartial(exchanges, this.#text), { ...settings, sampling });
      if (plan.first > 0) throw overflow;
      return plan;
    } catch (cause) {
      if (this.#text !== '' && AppError.isInstance(cause) && cause.code === 'context-overflow') {
        return null;
      }
      throw cause;
    }
  }

  /** The parameters of the next part. */
  get params(): GenerateParams {
    return {
      ...generateParams(this.model, { varied: false, partial: this.#text }),
      maxTokens: this.#leftTokens,
      ...(this.format ? { responseFormat: this.format, partial: this.#text } : {}),
    };
  }

  /** Returns the text as the site gets it. */
  add(piece: string): string {
    const text = answerPiece(this.model.template, piece, this.#text === '');
    this.#text += text;
    return text;
  }

  /** Called at the end of a part. Only the first part's prompt counts: later parts find it in the cache. */
  count({ promptTokens, cachedTokens, completionTokens }: Usage): void {
    const before = this.usage;
    this.usage = {
      ...(before.promptTokens === 0 ? { promptTokens, cachedTokens } : before),
      completionTokens: before.completionTokens + completionTokens,
    };
  }

  get #leftTokens(): number {
    return this.model.sampling.maxAnswerTokens - this.usage.completionTokens;
  }
}

/** A site must not learn the name of a model that the visitor added. */
export function nameForSites({ id }: CatalogueModel): string {
  return catalogue.some((one) => one.id === id) ? id : 'own';
}
