// Reading aloud and dictation. Test machines have neither voices nor recognition: those parts of the platform are
// stood in for; whatever sends text or audio away must never be asked.
import type { Page } from 'playwright/test';
import { App } from './app.ts';
import { openWithAnswers } from './stored-conversation.ts';
import { expect, test } from './test.ts';

test.use({ profile: 'with-model' });

interface Told {
  readonly said: { text: string; voice: string; rate: number }[];
  cancelled: number;
}

/** Voices that note what they are given, and take a moment for each sentence. */
async function giveVoices(page: Page, voices: readonly object[]): Promise<() => Promise<Told>> {
  await page.addInitScript((voices) => {
    const told: Told = { said: [], cancelled: 0 };
    class Utterance {
      voice = { name: '' };
      lang = '';
      rate = 1;
      onend = () => {};
      onerror = (_event: { error: string }) => {};
      readonly text: string;
      constructor(text: string) {
        this.text = text;
      }
    }
    let timer: ReturnType<typeof setTimeout>;
    let now: Utterance | null = null;
    const speechSynthesis = Object.assign(new EventTarget(), {
      getVoices: () => voices,
      speak(utterance: Utterance) {
        const { text, voice, rate } = utterance;
        told.said.push({ text, voice: voice.name, rate });
        now = utterance;
        // A fast sentence does not end by itself: it is there to be stopped.
        timer = setTimeout(() => utterance.onend(), utterance.rate === 1 ? 40 : 600_000);
      },
      cancel() {
        told.cancelled += 1;
        clearTimeout(timer);
        now?.onerror({ error: 'interrupted' });
      },
    });
    Object.defineProperties(window, {
      speechSynthesis: { value: speechSynthesis },
      SpeechSynthesisUtterance: { value: Utterance },
      told: { value: told },
    });
  }, voices);
  return () => page.evaluate(() => (window as unknown as { told: Told }).told);
}

const voice = (name: string, lang: string, localService = true) => ({
  name,
  lang,
  localService,
  default: false,
});
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test('reads an answer aloud while it grows, with voices of the device, each in its language', async ({
  page,
}) => {
  const told = await giveVoices(page, [
    voice('cloud', 'en-US', false),
    voice('English', 'en-GB'),
    voice('Italian', 'it-IT'),
  ]);
  await openWithAnswers(page, [
    'The capital of France is Paris. It is on the Seine, and you can see it from the bridges that are there.\n\n```js\nlet a;\n```\n\nIl fiume è lungo, ma non è la cosa più bella della città.',
  ]);
  await button(page, 'Read aloud').click();
  const say = (text: string, voice: string) => ({ text, voice, rate: 1 });
  await expect
    .poll(async () => (await told()).said)
    .toEqual([
      say('The capital of France is Paris.', 'English'),
      say('It is on the Seine, and you can see it from the bridges that are there.', 'English'),
      say('code', 'English'),
      say('Il fiume è lungo, ma non è la cosa più bella della città.', 'Italian'),
    ]);
  await expect(button(page, 'Read aloud')).toBeVisible();

  await page.getByRole('combobox', { name: 'Speed of reading aloud' }).selectOption('1.5');

  // While it grows, and stopped by the same button.
  const app = new App(page);
  await app.type('Tell me a long story about a river.');
  const growing = app.answers.last();
  await growing.getByRole('button', { name: 'Read aloud' }).click();
  await expect
    .poll(async () => (await told()).said.length, { timeout: 120_000 })
    .toBeGreaterThan(4);
  expect((await told()).said.at(-1)?.rate).toBe(1.5);
  await growing.getByRole('button', { name: 'Stop reading' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await told()).cancelled).toBe(1);
  const { length } = (await told()).said;
  await expect(growing.getByRole('button', { name: 'Read aloud' })).toBeFocused();
  await app.stopByKey();
  expect((await told()).said).toHaveLength(length);
});

test('reads nothing aloud with a voice of a service, and says why', async ({ page }) => {
  const told = await giveVoices(page, [voice('cloud', 'en-US', false)]);
  await openWithAnswers(page, ['The answer is here.']);
  await button(page, 'Read aloud').click();
  await expect(page.getByText('offers no voice of this device')).toBeVisible();
  expect((await told()).said).toEqual([]);
});

/** `how` is what the browser says of recognition on the device; null has no such thing. */
async function giveRecognition(page: Page, how: string | null) {
  await page.addInitScript((how) => {
    const asked: unknown[] = [];
    let state = how;
    class Recognition extends EventTarget {
      lang = '';
      start() {
        asked.push(['start', (this as { processLocally?: boolean }).processLocally, this.lang]);
        setTimeout(() => {
          const results = [{ isFinal: true, 0: { transcript: 'hello there' } }];
          this.dispatchEvent(Object.assign(new Event('result'), { results, resultIndex: 0 }));
        }, 50);
      }
      stop() {
        asked.push(['stop']);
        this.dispatchEvent(new Event('end'));
      }
    }
    if (how !== null) {
      Object.assign(Recognition, {
        available: async (query: unknown) => (asked.push(['available', query]), state),
        install: async (query: unknown) => {
          asked.push(['install', query]);
          state = 'available';
          return true;
        },
      });
      Object.defineProperty(Recognition.prototype, 'processLocally', {
        value: false,
        writable: true,
      });
    }
    Object.defineProperty(window, 'SpeechRecognition', { value: Recognition, configurable: true });
    Object.defineProperty(window, 'asked', { value: asked });
  }, how);
  return () => page.evaluate(() => (window as unknown as { asked: unknown[] }).asked);
}

test('dictates only with recognition on the device, which is fetched at a press', async ({
  page,
}) => {
  const asked = await giveRecognition(page, 'downloadable');
  const app = await new App(page).open();
  await button(page, 'Dictate').click();
  const query = { langs: ['en-GB'], processLocally: true };
  await expect(button(page, 'Let the browser fetch it')).toBeVisible();
  expect(await asked()).toEqual([['available', query]]);
  await button(page, 'Let the browser fetch it').click();
  await expect(app.composer).toHaveValue('hello there');
  await expect(page.getByText('The audio stays on this device.')).toBeVisible();
  await button(page, 'Stop dictating').click();
  await expect(page.getByText('The audio stays on this device.')).toBeHidden();
  expect((await asked()).slice(1)).toEqual([
    ['install', query],
    ['start', true, 'en-GB'],
    ['stop'],
  ]);
});

test('dictates nothing where recognition would use a service, and says why', async ({ page }) => {
  const asked = await giveRecognition(page, null);
  await new App(page).open();
  await button(page, 'Dictate').click();
  await expect(page.getByText('Corral sends no audio to a service')).toBeVisible();
  expect(await asked()).toEqual([]);
});
