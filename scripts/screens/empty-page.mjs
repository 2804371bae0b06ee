// A page with empty storage, as large as a phone's or a desktop's, in each browser.
import { locale } from '../chromium-options.mjs';
import { firefoxOptions } from '../firefox-options.mjs';
import { provideBrowser } from '../set-up/browser.mjs';
import { WebKitDriver } from '../webkit/driver.mjs';
import { WebKitPage } from '../webkit/page.mjs';
import { WebKitSession } from '../webkit/session.mjs';

/** @typedef {'phone' | 'desktop'} Device */
/** @typedef {import('playwright').Page | WebKitPage} AnyPage */

const viewports = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1280, height: 844 },
};

/**
 * @param {import('playwright').Browser} browser
 * @param {Device} device
 * @param {(page: AnyPage) => Promise<void>} work
 */
export async function inNewContext(browser, device, work) {
  const viewport = viewports[device];
  const context = await browser.newContext({ viewport, locale, hasTouch: device === 'phone' });
  await work(await context.newPage());
  await context.close();
}

/**
 * @param {Device} device
 * @param {(page: AnyPage) => Promise<void>} work
 */
export async function inFirefox(device, work) {
  const { executablePath } = await provideBrowser('firefox');
  const { firefox } = await import('playwright');
  const browser = await firefox.launch(firefoxOptions({ executablePath }));
  try {
    await inNewContext(browser, device, work);
  } finally {
    await browser.close();
  }
}

/**
 * @param {Device} device
 * @param {(page: AnyPage) => Promise<void>} work
 */
export async function inWebKit(device, work) {
  const { executablePath } = await provideBrowser('webkit');
  const driver = await WebKitDriver.start(executablePath);
  try {
    const page = await WebKitPage.current(await WebKitSession.open(driver));
    await page.setViewportSize(viewports[device]);
    await work(page);
  } finally {
    driver.stop();
  }
}
