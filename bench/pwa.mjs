// `npm run bench -- pwa`: the stored size of the app, and the time until a person can type: on a first visit,
// on a later one, and on one with the server stopped.
import { cpus } from 'node:os';
import { say } from '../scripts/entry-point.mjs';
import { buildApp } from '../scripts/serving.mjs';
import { provideModels } from '../scripts/set-up/models.mjs';
import { visitThrice } from './measure/kept-app.mjs';
import { judge } from './measure/limits.mjs';
import { median, round } from './measure/statistics.mjs';

/** The first round warms the machine's own caches and is not counted. */
const rounds = 6;

/** Sizes in kilobytes of a thousand bytes, as the device stores them; times as ratios of one run. */
const limits = {
  kept_app_kb: 1500,
  kept_cpu_engine_kb: 3500,
  warm_over_cold: 1,
  offline_over_cold: 1,
};

export default async function benchPwa() {
  await provideModels();
  await buildApp();
  /** @type {Awaited<ReturnType<typeof visitThrice>>[]} */
  const visits = [];
  for (let index = 0; index < rounds; index += 1) {
    say(`Round ${index + 1} of ${rounds} …`);
    const visit = await visitThrice();
    if (index > 0) visits.push(visit);
  }
  const [first] = visits;
  if (first === undefined) throw new Error('there was no visit');
  const msOf = (/** @type {'cold' | 'warm' | 'offline'} */ kind) =>
    median(visits.map(({ composerMs }) => composerMs[kind]));
  const cold = msOf('cold');
  /** @type {Record<string, number>} */
  const figures = {
    kept_app_kb: round(first.keptBytes.app / 1000),
    kept_cpu_engine_kb: round(first.keptBytes.cpuEngine / 1000),
    composer_cold_ms: round(cold),
    composer_warm_ms: round(msOf('warm')),
    composer_offline_ms: round(msOf('offline')),
    warm_over_cold: round(msOf('warm') / cold),
    offline_over_cold: round(msOf('offline') / cold),
  };
  return { bench: 'pwa', cores: cpus().length, ...figures, ...judge(figures, limits) };
}
