/**
 * What runs in Firefox, which Playwright drives over WebDriver BiDi: the same specs, except what BiDi cannot
 * do.
 */
import process from 'node:process';
import type { Project } from 'playwright/test';
import { firefoxOptions } from '../../scripts/firefox-options.mjs';
import { findBrowser } from '../../scripts/set-up/browser-places.mjs';
import { coresOfWorker } from './cores.ts';
import { firefoxJourneys } from './firefox-journeys.ts';
import { chromiumTag } from './test.ts';

const webGpuSpecs = '**/*.webgpu.spec.ts';
/** Chromium's software adapter. */
const swiftShaderSpecs = '**/*.swiftshader.spec.ts';

/**
 * Empty without Firefox. With CORRAL_FIREFOX_TESTS=all everything that runs there, else the journeys: they have one
 * worker, which starts one Firefox and downloads one model while the others are at work in Chromium.
 */
export function firefoxProjects(dependencies: string[]): Project[] {
  const executablePath = findBrowser('firefox')?.executablePath;
  if (executablePath === undefined) return [];
  const project = (webGpu: boolean): Project => ({
    name: webGpu ? 'firefox-webgpu' : 'firefox',
    ...(webGpu ? { testMatch: webGpuSpecs } : { testIgnore: [webGpuSpecs, swiftShaderSpecs] }),
    ...(process.env['CORRAL_FIREFOX_TESTS'] === 'all' ? {} : { grep: journeys(), workers: 1 }),
    dependencies,
    grepInvert: new RegExp(`${chromiumTag}\\b`),
    use: {
      browserName: 'firefox',
      launchOptions: firefoxOptions({ executablePath, webGpu, cores: coresOfWorker }),
    },
  });
  return [project(true), project(false)];
}

/** Playwright matches it against a test's project, file and titles, separated by spaces. */
function journeys(): RegExp[] {
  return Object.entries(firefoxJourneys).map(
    ([file, titles]) => new RegExp(`/?${literal(file)} .*(?:${titles.map(literal).join('|')})`),
  );
}

const literal = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
