/** An answer to a site's order, which may be written in several stretches. */
import { catalogue } from '../../core/models/catalogue';
import { answerPiece } from '../../core/prompt/chat-prompt';
import { type Exchange, withPartial } from '../../core/chat/conversation';
import type { ConversationSettings } from '../../core/chat/conversation-settings';
import type { CatalogueModel } from '../../core/models/model';
import { generateParams } from '../../core/prompt/model-request';
import type { GenerateParams, Prompt, Usage } from '../../protocol/engine';
import { AppError } from '../../protocol/errors';
import type { WidgetUsage } from '../../protocol/widget';

interface Plan {
  readonly prompt: Prompt;
  /** How many exchanges are left out. */
  readonly first: number;
}
type MakePlan = (exchanges: readonly Exchange[], settings: ConversationSettings) => Promise<Plan>;

export class SiteAnswer {
  usage: WidgetUsage = { promptTokens: 0, cachedTokens: 0, completionTokens: 0 };
  /** The site has not heard of it yet. */
  isNew = true;
  #text = '';

  constructor(
    readonly model: CatalogueModel,
    readonly exchanges: readonly Exchange[],
    readonly settings: ConversationSettings,
    readonly format: GenerateParams['responseFormat'],
  ) {}

  /** Null where what is written already leaves no room. */
  async plan(make: MakePlan): Promise<Plan | null> {
    const { exchanges, settings, model } = this;
    const sampling = { ...settings.sampling, maxAnswerTokens: this.#leftTokens };
    // A chat may forget its beginning; what a site sends is read whole, or not at all.
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

  /** Of the next stretch. */
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

  /** At a stretch's end. What was cached for a later one, this answer itself has put there. */
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

/** A model of the visitor's own has a name that is no site's business. */
export function nameForSites({ id }: CatalogueModel): string {
  return catalogue.some((one) => one.id === id) ? id : 'own';
}
