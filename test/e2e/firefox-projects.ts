/** What runs in Firefox, which Playwright drives over WebDriver BiDi: the same specs, but for what that cannot do. */
import type { Project } from 'playwright/test';
import { firefoxOptions } from '../../scripts/firefox-options.mjs';
import { findBrowser } from '../../scripts/set-up/browser-places.mjs';
import { chromiumTag } from './test.ts';

const webGpuSpecs = '**/*.webgpu.spec.ts';

const grepInvert = new RegExp(`${chromiumTag}\\b`);

/** None where there is no Firefox. */
export function firefoxProjects(): Project[] {
  const executablePath = findBrowser('firefox')?.executablePath;
  if (executablePath === undefined) return [];
  const use = (webGpu: boolean): Project['use'] => ({
    browserName: 'firefox',
    launchOptions: firefoxOptions({ executablePath, webGpu }),
    // Over BiDi, a screenshot for every step takes longer than the step.
    trace: { mode: 'retain-on-failure', screenshots: false },
  });
  return [
    { name: 'firefox', testIgnore: webGpuSpecs, grepInvert, use: use(false) },
    { name: 'firefox-webgpu', testMatch: webGpuSpecs, grepInvert, use: use(true) },
  ];
}
