/** Entry of the typesetting worker: handles code and formulas of untrusted texts off the page's thread. */
import { assertNever } from '../src/protocol/errors';
import type { TypesetEvent, TypesetRequest } from '../src/protocol/typeset';
import { serveScope } from '../src/protocol/serve-requests';
import { setFormula } from './typeset/formula';
import { highlight } from './typeset/highlight';

declare const self: DedicatedWorkerGlobalScope;

serveScope<TypesetRequest, TypesetEvent>(self, async (request) => {
  try {
    return await typeset(request);
  } catch (error) {
    // The page shows the plain text; developers find the reason here.
    console.warn(error);
    return { type: 'refused' };
  }
});

async function typeset(request: TypesetRequest): Promise<TypesetEvent> {
  switch (request.type) {
    case 'highlight': {
      const spans = await highlight(request.language, request.code);
      return spans ? { type: 'highlighted', spans } : { type: 'refused' };
    }
    case 'set-formula': {
      const mathml = await setFormula(request.tex, request.display);
      return mathml === null ? { type: 'refused' } : { type: 'formula-set', mathml };
    }
    default:
      assertNever(request);
  }
}
