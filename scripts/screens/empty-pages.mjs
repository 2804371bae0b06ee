// Pages with empty storage in the size of a phone or a desktop, in each browser.
import { locale } from '../chromium-options.mjs';
import { firefoxOptions } from '../firefox-options.mjs';
import { provideBrowser } from '../set-up/browser.mjs';
import { WebKitDriver } from '../webkit/driver.mjs';
import { WebKitPage } from '../webkit/page.mjs';
import { WebKitSession } from '../webkit/session.mjs';

/** @typedef {import('playwright').Page | WebKitPage} AnyPage */
/** @typedef {'phone' | 'desktop'} Device */
/** @typedef {(device: Device, work: (page: AnyPage) => Promise<void>) => Promise<void>} InPage */

const viewports = {
  // WebKit's window is at least about 450 pixels wide.
  phone: { width: 390, height: 844 },
  desktop: { width: 1280, height: 844 },
};

/**
 * @param {import('../set-up/browser-places.mjs').BrowserName} name
 * @param {import('playwright').Browser} chromium
 * @param {(inPage: InPage) => Promise<void>} work Gets the function that opens a page and closes it after use.
 */
export async function withPages(name, chromium, work) {
  if (name === 'webkit') return work(await pagesOfWebKit());
  if (name === 'chromium') return work(pagesOf(chromium));
  const { executablePath } = await provideBrowser(name);
  const { firefox } = await import('playwright');
  const browser = await firefox.launch(firefoxOptions({ executablePath }));
  try {
    await work(pagesOf(browser));
  } finally {
    await browser.close();
  }
}

/**
 * @param {import('playwright').Browser} browser
 * @returns {InPage}
 */
function pagesOf(browser) {
  return async (device, work) => {
    const viewport = viewports[device];
    const context = await browser.newContext({ viewport, locale, hasTouch: device === 'phone' });
    await work(await context.newPage());
    await context.close();
  };
}

/** @returns {Promise<InPage>} */
async function pagesOfWebKit() {
  const { executablePath } = await provideBrowser('webkit');
  return async (device, work) => {
    const driver = await WebKitDriver.start(executablePath);
    try {
      const page = await WebKitPage.current(await WebKitSession.open(driver));
      await page.setViewportSize(viewports[device]);
      await work(page);
    } finally {
      driver.stop();
    }
  };
}
