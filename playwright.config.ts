// The browser tests: the built app in real Chromium, Firefox and WebKit, without WebGPU and with a software
// adapter.
import process from 'node:process';
import { defineConfig, type Project } from 'playwright/test';
import { chromiumOptions, locale } from './scripts/chromium-options.mjs';
import { findBrowser } from './scripts/set-up/browser-places.mjs';
import { workerCount } from './test/e2e/cores.ts';
import { firefoxProjects } from './test/e2e/firefox-projects.ts';
import { findLavapipe } from './scripts/set-up/lavapipe-places.mjs';
import type { OfATest, OfAWorker } from './test/e2e/test.ts';

const executablePath = findBrowser()?.executablePath;
// The fastest software adapter that is set up; set here so that tests that launch a browser themselves use it
// too.
process.env['CORRAL_WEBGPU'] ||= findLavapipe(executablePath) ? 'lavapipe' : 'software';
// Without threads of its own: tests that run at the same time use the cores.
process.env['LP_NUM_THREADS'] ||= '0';
// Half as wide as lavapipe would choose: shaders compile in a third of the time, and run about as fast.
process.env['LP_NATIVE_VECTOR_WIDTH'] ||= '128';
const usesLavapipe = process.env['CORRAL_WEBGPU'] === 'lavapipe';
const webGpuSpecs = '**/*.webgpu.spec.ts';
const swiftShaderSpecs = '**/*.swiftshader.spec.ts';
const setUps = ['threads', ...(usesLavapipe ? ['shaders'] : [])];

/** Chromium, with or without a WebGPU adapter. */
function chromium(webGpu: boolean | 'software' = false) {
  const options = { webGpu, ...(executablePath === undefined ? {} : { executablePath }) };
  return { launchOptions: chromiumOptions(options) };
}

/** A project that the others wait for. */
function setUp(name: string): Partial<Project<OfATest, OfAWorker>> {
  return { name, testMatch: `**/${name}.setup.ts`, workers: 1 };
}

export default defineConfig<OfATest, OfAWorker>({
  testDir: 'test/e2e',
  globalSetup: './test/e2e/test-builds.setup.ts',
  workers: workerCount,
  timeout: 400_000,
  // Slow machines need many times longer; only a failing test waits this long.
  expect: { timeout: 20_000 },
  // A test that passes only at the second attempt shows a fault in the test or the app.
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  reporter: 'list',
  webServer: {
    command: 'node scripts/preview.mjs --port 4317',
    // If the port is taken, the next free one is used; the group's name becomes CORRAL_TEST_PORT.
    wait: { stdout: /Serving http:\/\/localhost:(?<corral_test_port>\d+)/ },
    gracefulShutdown: { signal: 'SIGTERM', timeout: 2000 },
  },
  use: {
    baseURL: `http://localhost:${process.env['CORRAL_TEST_PORT'] ?? 4317}`,
    locale,
    // Storing the app for use offline takes a new visitor as long as the rest of a start. Specs that look at it allow
    // it, and so do all that begin with a stored model.
    serviceWorkers: 'block',
    // `--trace on` records what a test does; always, it would take a twentieth of the runner's time.
    trace: 'off',
    screenshot: 'only-on-failure',
  },
  projects: [
    { ...setUp('threads'), use: { ...chromium(), cores: 'all' } },
    ...(usesLavapipe ? [{ ...setUp('shaders'), use: chromium(true) }] : []),
    // Begins with the set-up, which leaves a core idle.
    { name: 'swiftshader', testMatch: swiftShaderSpecs, use: chromium('software') },
    // Needs none of Playwright's browsers: see test/webkit/test.ts. Only one session per machine can be driven.
    ...(findBrowser('webkit')
      ? [
          {
            name: 'webkit',
            testDir: 'test/webkit',
            workers: 1,
            dependencies: setUps,
          },
        ]
      : []),
    // Before Chromium's, beside which they run.
    ...firefoxProjects(setUps),
    {
      name: 'webgpu',
      testMatch: webGpuSpecs,
      use: chromium(true),
      dependencies: setUps,
    },
    {
      name: 'chromium',
      testIgnore: [webGpuSpecs, swiftShaderSpecs],
      use: chromium(),
      dependencies: setUps,
    },
  ],
});
