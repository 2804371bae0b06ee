// The browser tests: the built app in real Chromium, without WebGPU and with a software adapter.
import process from 'node:process';
import { defineConfig } from 'playwright/test';
import { chromiumOptions, locale } from './scripts/chromium-options.mjs';
import { findBrowser } from './scripts/set-up/browser-places.mjs';
import { firefoxProjects } from './test/e2e/firefox-projects.ts';

const executablePath = findBrowser()?.executablePath;
const chromium = executablePath === undefined ? {} : { executablePath };
const webGpuSpecs = '**/*.webgpu.spec.ts';

export default defineConfig({
  testDir: 'test/e2e',
  // A model takes every core there is.
  workers: 1,
  timeout: 240_000,
  // A slow machine may need many times what a quick one does; only a test that fails waits so long.
  expect: { timeout: 20_000 },
  // Real models share the cores with whatever else runs. What only passed the second time is named at the end.
  retries: 1,
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
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
  projects: [
    {
      name: 'chromium',
      testIgnore: webGpuSpecs,
      use: { launchOptions: chromiumOptions(chromium) },
    },
    {
      name: 'webgpu',
      testMatch: webGpuSpecs,
      use: { launchOptions: chromiumOptions({ ...chromium, webGpu: true }) },
    },
    ...firefoxProjects(),
  ],
});
