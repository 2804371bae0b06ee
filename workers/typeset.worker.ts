/** Entry of the typesetting worker: code and formulas of hostile texts, away from the page's thread. */
import type { TypesetEvent, TypesetRequest } from '../src/protocol/typeset';
import { setFormula } from './typeset/formula';
import { highlight } from './typeset/highlight';

declare const self: DedicatedWorkerGlobalScope;

self.onmessage = async ({ data }: MessageEvent<TypesetRequest>) => {
  const { requestId } = data;
  let event: TypesetEvent = { type: 'failed', requestId };
  try {
    if (data.type === 'code') {
      const spans = await highlight(data.language, data.code);
      if (spans) event = { type: 'code', requestId, spans };
    } else {
      const mathml = await setFormula(data.tex, data.display);
      if (mathml !== null) event = { type: 'formula', requestId, mathml };
    }
  } catch (error) {
    // The page shows the text as it is; a person who looks for the reason finds it here.
    console.warn(error);
  }
  self.postMessage(event);
};
