// The browser tests: the built app in real Chromium, Firefox and WebKit, without WebGPU and with a software adapter.
import process from 'node:process';
import { defineConfig, type Project } from 'playwright/test';
import { chromiumOptions, locale } from './scripts/chromium-options.mjs';
import { findBrowser } from './scripts/set-up/browser-places.mjs';
import { workerCount } from './test/e2e/cores.ts';
import { firefoxProjects } from './test/e2e/firefox-projects.ts';
import { findLavapipe } from './scripts/set-up/lavapipe-places.mjs';
import type { OfATest, OfAWorker } from './test/e2e/test.ts';

const executablePath = findBrowser()?.executablePath;
// The quicker of the software adapters, where it was set up; tests that launch a browser themselves see it too.
process.env['CORRAL_WEBGPU'] ||= findLavapipe(executablePath) ? 'lavapipe' : 'software';
const usesLavapipe = process.env['CORRAL_WEBGPU'] === 'lavapipe';
const webGpuSpecs = '**/*.webgpu.spec.ts';
const swiftShaderSpecs = '**/*.swiftshader.spec.ts';
const setUps = ['threads', ...(usesLavapipe ? ['shaders'] : [])];

/** Chromium with an adapter, or without. */
function chromium(webGpu: boolean | 'software' = false) {
  const options = { webGpu, ...(executablePath === undefined ? {} : { executablePath }) };
  return { launchOptions: chromiumOptions(options) };
}

/** What takes all cores; the others wait for it. */
function setUp(name: string): Partial<Project<OfATest, OfAWorker>> {
  return { name, testMatch: `**/${name}.setup.ts`, workers: 1 };
}

export default defineConfig<OfATest, OfAWorker>({
  testDir: 'test/e2e',
  // Each has cores of its own, for a model takes all that it is told of.
  workers: workerCount,
  timeout: 400_000,
  // A slow machine may need many times what a quick one does; only a test that fails waits so long.
  expect: { timeout: 20_000 },
  // A test that passes only the second time tells of a fault, in it or in the app.
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  reporter: 'list',
  webServer: {
    command: 'node scripts/preview.mjs --port 4317',
    // The next free port is taken if that one is not; the group's name becomes CORRAL_TEST_PORT.
    wait: { stdout: /Serving http:\/\/localhost:(?<corral_test_port>\d+)/ },
    gracefulShutdown: { signal: 'SIGTERM', timeout: 2000 },
  },
  use: {
    baseURL: `http://localhost:${process.env['CORRAL_TEST_PORT'] ?? 4317}`,
    locale,
    // To keep the app for use offline takes each new visitor as long as all else of a start. A spec that looks at
    // that allows it; those who begin with a model have it anyway.
    serviceWorkers: 'block',
    // Without pictures and copies of the page: to take them of each step costs as much as the page itself.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false },
    screenshot: 'only-on-failure',
  },
  projects: [
    { ...setUp('threads'), use: { ...chromium(), cores: 'all' } },
    ...(usesLavapipe
      ? [
          {
            ...setUp('shaders'),
            use: { ...chromium(true), cores: 'all' } as const,
            dependencies: ['threads'],
          },
        ]
      : []),
    // Needs none of Playwright's browsers: see test/webkit/test.ts. A machine has one session that can be driven.
    ...(findBrowser('webkit')
      ? [
          {
            name: 'webkit',
            testDir: 'test/webkit',
            workers: 1,
            use: { trace: 'off' } as const,
            dependencies: setUps,
          },
        ]
      : []),
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
    {
      name: 'swiftshader',
      testMatch: swiftShaderSpecs,
      use: chromium('software'),
      dependencies: setUps,
    },
    ...firefoxProjects(setUps),
  ],
});
