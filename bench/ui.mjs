// `npm run bench -- ui [NAME …]`: the costs of the interface, with their limits; all of them without a name.
import { ForeseenError } from '../scripts/foreseen-error.mjs';
import { buildApp } from '../scripts/serving.mjs';
import { provideModels } from '../scripts/set-up/models.mjs';
import { limits as firstLoadLimits, measure as measureFirstLoad } from './measure/first-load.mjs';
import {
  limits as firstTokenLimits,
  measure as measureFirstToken,
} from './measure/first-token.mjs';
import { limits as historyLimits, measure as measureHistory } from './measure/history.mjs';
import { judge } from './measure/limits.mjs';
import { limits as streamLimits, measure as measureStream } from './measure/stream-cost.mjs';

/**
 * Add a module for another measurement: `measure` returns results by name, `limits` the maximum of some of
 * them.
 * @typedef {{ measure: () => Promise<Record<string, number>>, limits: Record<string, number> }} Measure
 */

/** @type {Record<string, Measure>} */
const measures = {
  'first-load': { measure: measureFirstLoad, limits: firstLoadLimits },
  'first-token': { measure: measureFirstToken, limits: firstTokenLimits },
  history: { measure: measureHistory, limits: historyLimits },
  'stream-cost': { measure: measureStream, limits: streamLimits },
};

/** @param {string[]} names */
export default async function benchUi(names) {
  const wanted = names.length > 0 ? names : Object.keys(measures);
  const unknown = wanted.find((name) => !Object.hasOwn(measures, name));
  if (unknown !== undefined) {
    const list = Object.keys(measures).join(', ');
    throw new ForeseenError(`There is no figure "${unknown}"; there are: ${list}`, { exitCode: 2 });
  }
  await provideModels();
  await buildApp();
  /** @type {Record<string, number>} */
  const figures = {};
  /** @type {Record<string, number>} */
  const limits = {};
  for (const name of wanted) {
    const measure = measures[name];
    if (measure === undefined) continue;
    Object.assign(figures, await measure.measure());
    Object.assign(limits, measure.limits);
  }
  return { bench: 'ui', ...figures, ...judge(figures, limits) };
}
