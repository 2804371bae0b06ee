// Walks through the app's screens as a person would, and takes a screenshot of each.
import { setTimeout as pause } from 'node:timers/promises';

/**
 * @param {import('./empty-pages.mjs').AnyPage} anyPage
 * @param {string} url
 * @param {{ device: import('./empty-pages.mjs').Device, scheme: 'light' | 'dark', samples: string }} look
 *   `samples` is the path of a file of chats.
 * @returns {Promise<{ screen: string, png: Buffer }[]>}
 */
export async function takeTour(anyPage, url, { device, scheme, samples }) {
  // The parts used here are the same in both; TypeScript cannot compare their generics.
  const page = /** @type {import('playwright').Page} */ (anyPage);
  /** @type {{ screen: string, png: Buffer }[]} */
  const taken = [];
  const take = async (/** @type {string} */ screen) => {
    await pause(500); // for checks of the device and WebKit's next frame
    taken.push({ screen, png: await page.screenshot() });
  };
  const inDialog = async (
    /** @type {{ button: string | RegExp, dialog: string }} */ { button, dialog },
    /** @type {(shown: import('playwright').Locator) => Promise<unknown>} */ work,
  ) => {
    await page.getByRole('button', { name: button }).click();
    const shown = page.getByRole('dialog', { name: dialog });
    await shown.waitFor();
    await work(shown);
    await page.keyboard.press('Escape');
    await shown.waitFor({ state: 'hidden' });
  };

  await page.goto(url);
  await page.getByRole('button', { name: /^Models: .+ not on this device yet/ }).waitFor();
  // Set in the app: not every driver can set the system's theme.
  await inDialog({ button: 'Settings', dialog: 'Settings' }, (settings) =>
    settings.getByRole('radio', { name: scheme }).press('Space'),
  );
  await take('first-visit');

  const chats = page.getByRole('list', { name: 'Chats' });
  if (device === 'phone') await page.getByRole('button', { name: 'Chats', exact: true }).click();
  await page.locator('input[type="file"][aria-label="Import chats"]').setInputFiles(samples);
  const told = page.getByText(/chats imported/);
  await told.waitFor();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await told.waitFor({ state: 'hidden' });
  await take('chats');
  await chats.getByRole('link', { name: 'What can you write?' }).click();
  await page.locator('math').first().waitFor();
  await take('chat');

  for (const { screen, ...names } of dialogs) {
    await inDialog(names, () => take(screen));
  }
  return taken;
}

const dialogs = [
  { screen: 'models', button: /^Models:/, dialog: 'Models' },
  { screen: 'this-chat', button: /^This chat:/, dialog: 'This chat' },
  { screen: 'settings', button: 'Settings', dialog: 'Settings' },
  { screen: 'privacy', button: 'How do I know?', dialog: 'Privacy' },
  { screen: 'offline', button: 'Offline and install', dialog: 'Offline and install' },
];
