// The main job: the model comes, answers, and is still there after a reload.
import { counts, expect, shows, test } from './test.ts';

test.describe('on a first visit', () => {
  test.use({ isFresh: true });

  test(
    'downloads the built-in model at the first question, and answers it',
    { tag: '@quick' },
    async ({ app }) => {
      await app.modelIs(/not on this device yet/);
      await app.type('What is the capital of France?');
      await shows(app.progress, /Downloading SmolLM2 135M: \d+ of 98 MB/);
      const answer = app.current();
      await answer.ended();
      await shows(answer.text, 'Paris');
      await shows(answer.article, /[\d.]+ tokens\/s · first token after [\d.]+ s/);
      await app.modelIs(/ready/);
    },
  );
});

test('keeps the conversation and the model over a reload', async ({ app, tab, host }) => {
  await app.ask('What is the capital of France?');
  const asked = host.requests.length;
  await tab.reload();
  await counts(app.answers, 1);
  await shows(app.answers, 'Paris');
  await app.modelIs(/on this device/);
  const answer = await app.ask('And of Italy?');
  await shows(answer.text, 'Rome');
  expect(host.requests.slice(asked).filter((path) => path.endsWith('.gguf'))).toEqual([]);
});
