// The widget in a frame of another site: it chats with storage of its own, and asks before the site may.
import type { Chat, Completion } from '../../src/widget/public';
import { Site } from '../e2e/site.ts';
import { ChatView } from './app.ts';
import { expect, shows, test } from './test.ts';

let site: Site;
test.beforeAll(async () => {
  site = await Site.start('127.0.0.1');
});
test.afterAll(() => site.stop());

test('answers on another site, which may ask only after the visitor has allowed it', async ({
  tab,
  host,
}) => {
  const corral = host.url.replace(/\/$/, '');
  await tab.goto(
    site.page(
      '/widget',
      `<script type="module">
        import '${corral}/widget.js';
        window.chat = document.querySelector('corral-chat');
      </script>
      <body><corral-chat style="--corral-width: 28rem"></corral-chat></body>`,
    ),
  );
  const frame = tab.frameLocator('corral-chat iframe');
  const widget = new ChatView(frame);
  await widget.composer.waitFor();
  await shows((await widget.ask('What is the capital of France?')).text, 'Paris');
  // Without storage access by handles there is nothing to offer.
  expect(await frame.getByRole('button', { name: 'Use the models of my Corral' }).count()).toBe(0);

  await tab.evaluate(() => {
    const { chat } = globalThis as unknown as { chat: Chat };
    const messages = [{ role: 'user' as const, content: 'What is the capital of Italy?' }];
    const asked = chat.completions.create({ messages }).then(({ choices }) => choices);
    Object.assign(globalThis, { asked });
  });
  const question = frame.getByRole('alertdialog');
  await shows(question, site.origin);
  const allow = question.getByRole('button', { name: 'Allow' });
  await expect.poll(() => allow.isDisabled(), { timeout: 20_000 }).toBe(false);
  await allow.click();
  await question.waitFor({ state: 'hidden' });
  const answer = await tab.evaluate(
    () => (globalThis as unknown as { asked: Promise<Completion['choices']> }).asked,
  );
  expect(answer[0]?.message.content).toContain('Rome');
});
