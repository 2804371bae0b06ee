// The widget in a frame of another site: it has its own storage, and requests of the site fail.
import type { Chat } from '../../src/widget/public';
import { Site } from '../e2e/site.ts';
import { ChatView } from './app.ts';
import { counts, expect, shows, test } from './test.ts';

interface SitePage {
  readonly chat: Chat;
  /** The error's code. */
  refused?: Promise<string>;
}

let site: Site;
test.beforeAll(async () => {
  site = await Site.start('127.0.0.1');
});
test.afterAll(() => site.stop());

test('answers on another site, whose requests wait for permission in a window', async ({
  tab,
  host,
}) => {
  const page = `<script type="module">
      import '${host.url}widget.js';
      window.chat = document.querySelector('corral-chat');
    </script>
    <body><corral-chat style="--corral-width: 28rem"></corral-chat></body>`;
  await tab.goto(site.page('/widget', page));
  const frame = tab.frameLocator('corral-chat iframe');
  const widget = new ChatView(frame);
  await widget.composer.waitFor();
  // No key reaches a frame without a press in it.
  await widget.composer.click();
  await shows((await widget.ask('What is the capital of France?')).text, 'Paris');
  // Without storage access by handles there is nothing to offer.
  await counts(frame.getByRole('button', { name: 'Use the models of my Corral' }), 0);

  await tab.evaluate(() => {
    const site = globalThis as unknown as SitePage;
    const messages = [{ role: 'user' as const, content: 'What is the capital of Italy?' }];
    site.refused = site.chat.completions.create({ messages }).then(
      () => 'answered',
      (error: { code: string }) => error.code,
    );
  });
  const question = frame.getByRole('alertdialog');
  await shows(question, site.origin);
  // A frame cannot tell here whether something covers it, so the visitor answers in a window.
  await question.getByRole('button', { name: 'Answer in a Corral window' }).click();
  await expect.poll(async () => (await tab.otherPages()).length).toBe(1);
  const [window] = await tab.otherPages();
  // A press counts in a window with the focus alone, which only a window manager gives: there is none here.
  const allow = window?.getByRole('button', { name: 'Allow' });
  await allow?.click();
  expect(await allow?.isDisabled()).toBe(true);
  const refuse = window?.getByRole('button', { name: 'Not now' });
  await refuse?.click().catch(() => {}); // the window closes within the press
  await question.waitFor({ state: 'hidden' });
  expect(await tab.evaluate(() => (globalThis as unknown as SitePage).refused)).toBe(
    'permission-denied',
  );
});
