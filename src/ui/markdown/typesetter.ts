/** One worker for all answers, started with the first code or formula. */
import { Typesetter } from '../../stores/typesetter';

export const typesetter = new Typesetter(
  () =>
    new Worker(new URL('../../../workers/typeset.worker.ts', import.meta.url), { type: 'module' }),
);
