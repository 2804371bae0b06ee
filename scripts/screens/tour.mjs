// Walks through the app's screens as a person would, and takes a picture of each.
import { locale } from '../chromium-options.mjs';
import { sampleChats } from './sample-chats.mjs';

const viewports = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1280, height: 844 },
};

/**
 * @param {import('playwright').Browser} browser
 * @param {string} url
 * @param {{ device: 'phone' | 'desktop', scheme: 'light' | 'dark' }} look
 * @returns {Promise<{ screen: string, png: Buffer }[]>}
 */
export async function takeTour(browser, url, { device, scheme }) {
  const viewport = viewports[device];
  const context = await browser.newContext({
    viewport,
    colorScheme: scheme,
    locale,
    hasTouch: device === 'phone',
  });
  const page = await context.newPage();
  /** @type {{ screen: string, png: Buffer }[]} */
  const taken = [];
  const take = async (/** @type {string} */ screen) =>
    taken.push({ screen, png: await page.screenshot() });
  const isPhone = device === 'phone';

  await page.goto(url);
  await page.getByRole('button', { name: /^Models: .+ not on this device yet/ }).waitFor();
  await take('first-visit');

  const chats = page.getByRole('list', { name: 'Chats' });
  if (isPhone) await page.getByRole('button', { name: 'Chats', exact: true }).click();
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Your data' }).click();
  await page.getByRole('menuitem', { name: 'Import chats' }).click();
  const buffer = Buffer.from(sampleChats(Date.now()));
  await (await choosing).setFiles({ name: 'chats.json', mimeType: 'application/json', buffer });
  await page.getByText(/chats imported/).waitFor();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await take('chats');
  await chats.getByRole('link', { name: 'What can you write?' }).click();
  await page.locator('math').first().waitFor();
  await take('chat');

  for (const { screen, button, dialog } of dialogs) {
    await page.getByRole('button', { name: button }).click();
    const shown = page.getByRole('dialog', { name: dialog });
    await shown.waitFor();
    await page.waitForTimeout(500); // what it looks up on the device
    await take(screen);
    await page.keyboard.press('Escape');
    await shown.waitFor({ state: 'hidden' });
  }
  await context.close();
  return taken;
}

const dialogs = [
  { screen: 'models', button: /^Models:/, dialog: 'Models' },
  { screen: 'this-chat', button: /^This chat:/, dialog: 'This chat' },
  { screen: 'settings', button: 'Settings', dialog: 'Settings' },
  { screen: 'privacy', button: 'How do I know?', dialog: 'Privacy' },
  { screen: 'offline', button: 'Offline and install', dialog: 'Offline and install' },
];
