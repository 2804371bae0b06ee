/**
 * How frames and windows of Corral's own origin share one engine: each asks the one that holds it. A request
 * names its model, which is loaded first where another one is: nobody's prompt meets somebody else's model.
 */
import type {
  EngineEvent,
  EngineModel,
  GenerateParams,
  Loaded,
  LoadProgress,
  Prompt,
  PromptOwner,
  RequestId,
} from './engine';
import type { WireError } from './errors';

interface Asked {
  readonly requestId: RequestId;
  readonly model: EngineModel;
}

export type ShareRequest =
  | (Asked & { readonly type: 'load' })
  | (Asked & {
      readonly type: 'generate';
      readonly owner: PromptOwner;
      readonly prompt: Prompt;
      readonly params: GenerateParams;
    })
  | (Asked & { readonly type: 'count'; readonly prompt: Prompt })
  | (Asked & {
      readonly type: 'weigh';
      readonly owner: PromptOwner;
      readonly prompt: Prompt;
      readonly beginnings: readonly string[];
    })
  | { readonly type: 'unload'; readonly requestId: RequestId }
  | { readonly type: 'abort'; readonly requestId: RequestId };

export type ShareReply =
  /** It waits for its turn. */
  | { readonly type: 'taken'; readonly requestId: RequestId }
  | {
      readonly type: 'load-progress';
      readonly requestId: RequestId;
      readonly progress: LoadProgress;
    }
  | { readonly type: 'loaded'; readonly requestId: RequestId; readonly loaded: Loaded }
  | {
      readonly type: 'generating';
      readonly requestId: RequestId;
      readonly event: Extract<EngineEvent, { type: 'prefill' | 'token' | 'done' }>;
    }
  | { readonly type: 'counted'; readonly requestId: RequestId; readonly tokens: readonly number[] }
  | {
      readonly type: 'weighed';
      readonly requestId: RequestId;
      readonly probabilities: readonly number[];
    }
  | { readonly type: 'unloaded'; readonly requestId: RequestId }
  | { readonly type: 'failed'; readonly requestId: RequestId; readonly error: WireError };

/** `lost`: what was loaded for whoever hears it is no longer. */
export type ShareEvent = ShareReply | { readonly type: 'lost'; readonly error: WireError };
