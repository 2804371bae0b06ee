// A chat's settings, with the built-in model.
import { readFile } from 'node:fs/promises';
import { App } from './app.ts';
import { ChatSettings } from './chat-settings.ts';
import { typeInto } from './type-into.ts';
import { expect, test, testWith } from './test.ts';

test.use({ profile: 'with-model' });
const loadedTest = testWith('SmolLM2 135M');
const criaTest = testWith('Cria on the CPU');

const question = 'What is the capital of France?';

test('explains each mode, stores the choice with the chat, and uses it for the next one', async ({
  page,
}) => {
  const app = await new App(page).open();
  const settings = new ChatSettings(page);
  await expect(settings.button).toHaveAccessibleName('This chat: Balanced');
  const short = await (await app.ask(question)).tokens();
  await settings.open();
  await expect(settings.panel).toContainText('Llama 2’s original safety prompt. It refuses more');
  await expect(settings.panel).toContainText('reads about 130 more tokens');
  await expect(settings.panel).not.toContainText('acceptable use policy');
  await settings.panel.getByRole('radio', { name: 'Careful' }).check();
  await settings.close();
  await page.reload();
  await expect(settings.button).toHaveAccessibleName('This chat: Careful');
  await page.getByRole('button', { name: 'New chat' }).click();
  await expect(settings.button).toHaveAccessibleName('This chat: Careful');
  const careful = await app.ask(question);
  await expect(careful.text).toContainText('Paris');
  expect((await careful.tokens()).read - short.read).toBeGreaterThan(80);
});

test.describe('with Cria', () => {
  test.use({ builtIn: 'Cria' });

  test('top-k limits the choice to the most likely words', async ({ page }) => {
    const app = await new App(page).open();
    const settings = new ChatSettings(page);
    await settings.open();
    await settings.more();
    const field = settings.panel.getByLabel('Top-k', { exact: true });
    await expect(field).toHaveAttribute('placeholder', 'model default: 40');
    await typeInto(field, '1001');
    await field.blur();
    await expect(settings.panel).toContainText('From 0 to 1000.');
    await settings.close();
    // At this temperature it would write nothing meaningful.
    await settings.sampling({
      Temperature: '2',
      'Top-p': '1',
      'Top-k': '1',
      'Min-p': '0',
      'Frequency penalty': '0',
      'Presence penalty': '0',
    });
    await expect((await app.ask(question)).text).toContainText('Paris');
    // Out of range, so the earlier value stays.
    await settings.sampling({ 'Presence penalty': '3' });
    await settings.open();
    await settings.more();
    await expect(settings.panel.getByLabel('Presence penalty')).toHaveValue('0');
  });
});

test('refuses dates that do not exist, and changes nothing', async ({ page }) => {
  const app = await new App(page).open();
  const settings = new ChatSettings(page);
  await settings.open();
  await settings.panel.getByRole('radio', { name: 'Another date' }).check();
  const field = settings.panel.getByRole('textbox', { name: 'Date for this chat' });
  await field.fill('2021-02-30');
  await field.press('Enter');
  await expect(settings.panel).toContainText('There is no such date: 2021-02-30.');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await settings.close();
  await expect(settings.button).toHaveAccessibleName('This chat: Balanced');

  await app.type('as of 2023-02-29: what day is it?');
  await expect(page.getByText('There is no such date: 2023-02-29.')).toBeVisible();
  await expect(app.composer).toHaveValue('as of 2023-02-29: what day is it?');
  await expect(app.answers).toHaveCount(0);
});

criaTest(
  'refuses a system prompt that exceeds the window, and changes nothing',
  async ({ app, page }) => {
    const settings = new ChatSettings(page);
    await settings.open();
    await settings.more();
    const field = settings.panel.getByRole('textbox', { name: 'System prompt' });
    await field.fill('You are a llama. '.repeat(3000));
    await field.blur();
    await expect(settings.error).toContainText(/too long: .* this model can hold 2048/);
    await settings.close();
    const answer = await app.ask(question);
    await expect(answer.text).toContainText('Paris');
    expect((await answer.tokens()).read).toBeLessThan(40);
  },
);

criaTest('reports instructions that are too long for the model', async ({ app, page }) => {
  const settings = new ChatSettings(page);
  // Fewer than 2048 by the estimate, more by the engine's count.
  await settings.systemPrompt('xqzjvk '.repeat(800));
  const answer = await app.ask(question);
  await answer.failsWith('instructions-too-long');
  await settings.systemPrompt('');
  await answer.button('Try again').click();
  await expect((await app.lastAnswer()).text).toContainText('Paris');
});

test('a preset sets the chat; custom presets are saved, renamed, exported and deleted', async ({
  page,
}) => {
  const app = await new App(page).open();
  const settings = new ChatSettings(page);
  await settings.open();
  await settings.preset.selectOption('Dante in exile');
  await settings.close();
  await expect(settings.button).toHaveAccessibleName('This chat: Dante in exile · as of 1310');
  await expect(page.getByText('Pinned: Stay Dante.')).toBeVisible();
  await expect((await app.ask('Who are you?')).text).toHaveText(/\w+ \w+/);

  await settings.open();
  await settings.panel.getByRole('radio', { name: 'Careful' }).check();
  await settings.panel.getByText('Your presets').click();
  await settings.panel.getByRole('textbox', { name: 'Name', exact: true }).fill('My Dante');
  await settings.panel.getByRole('button', { name: /^Save/ }).click();
  await expect(settings.preset).toHaveValue('own:0');
  const rename = settings.panel.getByRole('textbox', { name: 'Rename My Dante' });
  await rename.fill('Careful Dante');
  await rename.press('Tab');
  await expect(settings.button).toHaveText(/Careful Dante/);

  const downloading = page.waitForEvent('download');
  await settings.panel.getByRole('button', { name: 'Export' }).click();
  const file = await readFile(await (await downloading).path(), 'utf8');
  expect(JSON.parse(file)).toMatchObject({
    format: 'corral-presets',
    schema: 1,
    presets: [{ name: 'Careful Dante', settings: { safety: 'careful', asOf: '1310' } }],
  });

  await settings.panel.getByRole('button', { name: 'Delete Careful Dante' }).click();
  await expect(settings.preset).toHaveValue('');
  await settings.panel.locator('input[type=file]').setInputFiles({
    name: 'presets.json',
    mimeType: 'application/json',
    buffer: Buffer.from(file),
  });
  await expect(settings.panel.getByRole('status')).toHaveText('1 preset or snippet imported.');
  await page.reload();
  await settings.open();
  await settings.preset.selectOption('Careful Dante');
  await settings.close();
  await expect(settings.button).toHaveAccessibleName('This chat: Careful Dante · as of 1310');
});

test('refuses files that are not presets, and changes nothing', async ({ page }) => {
  await new App(page).open();
  const settings = new ChatSettings(page);
  await settings.open();
  await settings.panel.getByText('Your presets').click();
  const give = (text: string) =>
    settings.panel.locator('input[type=file]').setInputFiles({
      name: 'presets.json',
      mimeType: 'application/json',
      buffer: Buffer.from(text),
    });
  await give('<html>');
  await expect(settings.error).toHaveAttribute('data-code', 'presets-unreadable');
  await give(' '.repeat(500_001));
  await expect(settings.error).toHaveAttribute('data-code', 'presets-too-large');
  await give('{"format":"corral-presets","schema":2,"presets":[]}');
  await expect(settings.error).toHaveAttribute('data-code', 'presets-newer');
  const hostile = { name: 'x', settings: { systemPrompt: '<img src=x>', pinned: 7 } };
  await give(JSON.stringify({ format: 'corral-presets', schema: 1, presets: [hostile] }));
  await expect(settings.error).toContainText('at presets[0].settings.pinned');
  await expect(settings.panel).toContainText('None yet.');
  await give('{"format":"corral-presets","schema":1,"presets":[{"name":"Plain","settings":{}}]}');
  await expect(settings.error).toHaveCount(0);
  await expect(settings.panel.getByRole('textbox', { name: 'Rename Plain' })).toBeVisible();
});

loadedTest(
  'a seed repeats a sampled answer and stop strings end one, without a reload of the model',
  async ({ app, page }) => {
    const settings = new ChatSettings(page);
    await app.loadModel();
    const workers = page.workers();
    await settings.sampling({
      Temperature: '1.2',
      Seed: '5',
      'Maximum answer length (tokens)': '16',
    });
    const ask = async () => {
      await page.getByRole('button', { name: 'New chat' }).click();
      return (await (await app.ask('Write about llamas.')).text.textContent()) ?? '';
    };
    const five = await ask();
    await settings.sampling({ Seed: '2000000005' });
    expect(await ask()).not.toBe(five);
    await settings.sampling({ Seed: '5' });
    expect(await ask()).toBe(five);

    // The second word of the known answer.
    const second = five.split(' ')[1] ?? '';
    await settings.sampling({ 'Stop sequences': second });
    const words = (text: string) => text.split(/\s+/).filter((word) => word !== '');
    const upToSecond = five.slice(0, five.indexOf(second));
    expect(words(await ask())).toEqual(words(upToSecond));
    await settings.open();
    await settings.more();
    await settings.panel.getByLabel('Temperature', { exact: true }).fill('9');
    await settings.panel.getByLabel('Temperature', { exact: true }).blur();
    await expect(settings.panel).toContainText('From 0 to 2.');
    await settings.close();
    expect(page.workers()).toEqual(workers);
  },
);

loadedTest(
  'writes several different answers, grades them, and says how reliable the grades are',
  async ({ app, page }) => {
    const settings = new ChatSettings(page);
    await settings.sampling({ 'Maximum answer length (tokens)': '12' });
    await app.ask('Write about llamas.');
    const told = await app.progressOf(() => app.current().button('Best of 3').click());
    expect(told).toContain('Writing answer 2 of 3…');
    expect(told).toContain('Grading: 6 of 6…');
    const answer = app.current();
    await answer.article.getByText('Best of 3: all answers').click();
    const candidates = answer.article.getByRole('listitem');
    await expect(candidates).toHaveCount(3);
    const texts = await candidates.locator('.text').allTextContents();
    expect(new Set(texts).size).toBeGreaterThan(1);
    for (const one of await candidates.all()) {
      await expect(one).toHaveText(/Helpful\s*0\.\d\d\s*Safe\s*0\.\d\d/);
    }
    await expect(answer.article).toContainText('no better than chance');
    // The next question continues the conversation, not the grading.
    expect((await (await app.ask('And sheep?')).tokens()).cached).toBeGreaterThan(20);
  },
);

test('has all of it in Italian', async ({ browser }) => {
  const context = await browser.newContext({ locale: 'it-IT' });
  const page = await context.newPage();
  await page.goto('/');
  await page.getByRole('button', { name: 'Questa chat: Equilibrato' }).click();
  const panel = page.getByRole('dialog', { name: 'Questa chat' });
  await panel.getByRole('combobox', { name: 'Profilo' }).selectOption('Dante in esilio');
  await panel.getByRole('button', { name: 'Chiudi' }).click();
  await expect(page.getByRole('button', { name: 'Questa chat: Dante in esilio' })).toHaveText(
    /Dante in esilio · al 1310/,
  );
  await context.close();
});
