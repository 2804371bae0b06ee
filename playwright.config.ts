// The browser tests: the built app in real Chromium, Firefox and WebKit, without WebGPU and with a software adapter.
import process from 'node:process';
import { defineConfig } from 'playwright/test';
import { chromiumOptions, locale } from './scripts/chromium-options.mjs';
import { findBrowser } from './scripts/set-up/browser-places.mjs';
import { firefoxProjects } from './test/e2e/firefox-projects.ts';
import { findLavapipe } from './scripts/set-up/lavapipe-places.mjs';

const executablePath = findBrowser()?.executablePath;
// The quicker of the software adapters, where it was set up; tests that launch a browser themselves see it too.
process.env['CORRAL_WEBGPU'] ||= findLavapipe(executablePath) ? 'lavapipe' : 'software';
const chromium = executablePath === undefined ? {} : { executablePath };
const usesLavapipe = process.env['CORRAL_WEBGPU'] === 'lavapipe';
const webGpuSpecs = '**/*.webgpu.spec.ts';
const swiftShaderSpecs = '**/*.swiftshader.spec.ts';
const webGpu = { launchOptions: chromiumOptions({ ...chromium, webGpu: true }) };

export default defineConfig({
  testDir: 'test/e2e',
  // A model takes every core there is.
  workers: 1,
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
    // Without pictures: to take one of each frame costs as much as the page itself.
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
  },
  projects: [
    {
      name: 'chromium',
      testIgnore: [webGpuSpecs, swiftShaderSpecs],
      use: { launchOptions: chromiumOptions(chromium) },
    },
    {
      name: 'webgpu',
      testMatch: webGpuSpecs,
      dependencies: usesLavapipe ? ['shaders'] : [],
      use: webGpu,
    },
    { name: 'shaders', testMatch: '**/shaders.setup.ts', use: webGpu },
    {
      name: 'swiftshader',
      testMatch: swiftShaderSpecs,
      use: { launchOptions: chromiumOptions({ ...chromium, webGpu: 'software' }) },
    },
    ...firefoxProjects(),
    // Needs none of Playwright's browsers: see test/webkit/test.ts.
    ...(findBrowser('webkit')
      ? [{ name: 'webkit', testDir: 'test/webkit', use: { trace: 'off' } as const }]
      : []),
  ],
});
