// The widget in a frame of another site: it chats with storage of its own, and asks before the site may.
import type { Chat, Completion } from '../../src/widget/public';
import { Site } from '../e2e/site.ts';
import { ChatView } from './app.ts';
import { counts, expect, shows, test } from './test.ts';

interface SitePage {
  readonly chat: Chat;
  answer?: Promise<Completion>;
}

let site: Site;
test.beforeAll(async () => {
  site = await Site.start('127.0.0.1');
});
test.afterAll(() => site.stop());

test('answers on another site, which may ask only after the visitor has allowed it', async ({
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
  await shows((await widget.ask('What is the capital of France?')).text, 'Paris');
  // Without storage access by handles there is nothing to offer.
  await counts(frame.getByRole('button', { name: 'Use the models of my Corral' }), 0);

  await tab.evaluate(() => {
    const site = globalThis as unknown as SitePage;
    const messages = [{ role: 'user' as const, content: 'What is the capital of Italy?' }];
    site.answer = site.chat.completions.create({ messages });
  });
  const question = frame.getByRole('alertdialog');
  await shows(question, site.origin);
  // A frame cannot tell here whether something covers it, so the visitor answers in a window.
  await question.getByRole('button', { name: 'Answer in a window of Corral' }).click();
  await expect.poll(async () => (await tab.otherPages()).length).toBe(1);
  const [window] = await tab.otherPages();
  const allow = window?.getByRole('button', { name: 'Allow' });
  await allow?.waitFor();
  await allow?.click().catch(() => {}); // the window closes within the press
  await question.waitFor({ state: 'hidden' });
  const answer = await tab.evaluate(() => (globalThis as unknown as SitePage).answer);
  expect(answer?.choices[0]?.message.content).toContain('Rome');
});
