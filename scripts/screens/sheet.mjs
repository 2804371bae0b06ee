// Joins a screen's four pictures: phone beside desktop, light above dark.

/** @typedef {{ device: 'phone' | 'desktop', scheme: 'light' | 'dark', png: Buffer }} Picture */

const heightPixels = 460;

/**
 * @param {import('playwright').Browser} browser
 * @param {readonly Picture[]} pictures
 * @param {string} path Of a JPEG.
 */
export async function drawSheet(browser, pictures, path) {
  const page = await browser.newPage({ viewport: { width: 1000, height: 1000 } });
  const row = (/** @type {Picture['scheme']} */ scheme) =>
    pictures
      .filter((picture) => picture.scheme === scheme)
      .map(({ png }) => `<img src="data:image/png;base64,${png.toString('base64')}">`)
      .join('');
  await page.setContent(`<style>
    body { display: inline-grid; gap: 12px; margin: 0; padding: 12px; background: #8a8077 }
    div { display: flex; gap: 12px }
    img { height: ${heightPixels}px; border-radius: 8px }
  </style><div>${row('light')}</div><div>${row('dark')}</div>`);
  await page.locator('body').screenshot({ path, type: 'jpeg', quality: 78 });
  await page.close();
}
