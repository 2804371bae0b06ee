// Drives the app's page as a person would, through roles and labels; all selectors are in this file.
import { setTimeout as pause } from 'node:timers/promises';
import { ForeseenError } from './foreseen-error.mjs';

/** @typedef {'wllama' | 'webllm'} EngineId */

/**
 * An answer's state: `text` is the text so far, `progress` is the model's state line.
 * @typedef {object} AnswerState
 * @property {boolean} busy
 * @property {string} text
 * @property {string} progress Empty while there is none.
 * @property {string | null} stats Such as "18.2 tokens/s · first token after 1.2 s".
 * @property {{ code: string, message: string } | null} failure
 */

/**
 * What is used here of Playwright's locators, and of those that WebKit is driven with.
 * @typedef {object} DrivenLocator
 * @property {(role: any, options?: { name?: string | RegExp, exact?: boolean, checked?: boolean }) => DrivenLocator} getByRole
 * @property {(text: string | RegExp) => DrivenLocator} getByText
 * @property {(text: string | RegExp) => DrivenLocator} getByLabel
 * @property {(selector: string) => DrivenLocator} locator
 * @property {() => DrivenLocator} first
 * @property {() => DrivenLocator} last
 * @property {(index: number) => DrivenLocator} nth
 * @property {(other: any) => DrivenLocator} or
 * @property {(other: any) => DrivenLocator} and
 * @property {() => Promise<number>} count
 * @property {() => Promise<string[]>} allInnerTexts
 * @property {() => Promise<string>} innerText
 * @property {() => Promise<string>} inputValue
 * @property {() => Promise<boolean>} isChecked
 * @property {() => Promise<boolean>} isDisabled
 * @property {() => Promise<boolean>} isVisible
 * @property {<T>(work: (element: Element) => T) => Promise<T>} evaluate
 * @property {<T>(work: (elements: Element[]) => T) => Promise<T>} evaluateAll
 * @property {(options?: { state?: 'visible' | 'hidden' }) => Promise<void>} waitFor
 * @property {() => Promise<void>} click
 * @property {() => Promise<void>} focus
 * @property {() => Promise<void>} blur
 * @property {(text: string) => Promise<void>} fill
 * @property {(key: string) => Promise<void>} press
 * @property {(path: string) => Promise<void>} setInputFiles
 */

/**
 * @typedef {Pick<DrivenLocator, 'getByRole'> & { keyboard: { press(key: string): Promise<void> } }} DrivenPage
 */

export class AppPage {
  #page;

  /** @param {DrivenPage} page The app's page, opened. */
  constructor(page) {
    this.#page = page;
  }

  get composer() {
    return this.#page.getByRole('textbox', { name: 'Message' });
  }

  get #answers() {
    return this.#page.getByRole('article', { name: 'Answer' });
  }

  /**
   * @param {object} wanted Without both, the app's own choice stays.
   * @param {string | undefined} [wanted.id]
   * @param {EngineId | undefined} [wanted.engine]
   * @throws {ForeseenError} If there is no such model, or it cannot be chosen on this device.
   */
  async chooseModel({ id, engine }) {
    await this.#page.getByRole('button', { name: /^Models/ }).click();
    const dialog = this.#page.getByRole('dialog', { name: 'Models' });
    const radios = dialog.getByRole('radio');
    await radios.first().waitFor();
    const variants = dialog.getByText(/^Other variants of/);
    for (let at = 0; at < (await variants.count()); at += 1) await variants.nth(at).click();
    const offered = await radios.evaluateAll((inputs) =>
      inputs.map((input) => ({
        id: input.getAttribute('value') ?? '',
        engine: input.getAttribute('data-engine') ?? '',
        disabled: input.matches(':disabled, [aria-disabled="true"]'),
      })),
    );
    const fitting = offered.filter(
      (model) => (id === undefined || model.id === id) && (!engine || model.engine === engine),
    );
    const chosen = fitting.find((model) => !model.disabled) ?? fitting[0];
    if (chosen === undefined) {
      const list = offered.map((model) => `${model.id} (${model.engine})`).join(', ');
      throw new ForeseenError(`The app offers no such model; it offers ${list}.`);
    }
    // By keyboard: the visible control may be the radio's label.
    const radio = radios.nth(offered.indexOf(chosen));
    await radio.focus();
    await this.#page.keyboard.press('Space');
    if (!(await radio.isChecked())) {
      throw new ForeseenError(`The model ${chosen.id} cannot be chosen on this device.`);
    }
    await dialog.getByRole('button', { name: 'Close' }).click();
    await dialog.waitFor({ state: 'hidden' });
  }

  /**
   * Adds an MLC model from addresses, and chooses it.
   * @param {{ model: string, library: string }} addresses
   */
  addModel({ model, library }) {
    return this.#add(async (dialog) => {
      await dialog.getByLabel(/^Address of the file/).fill(model);
      await dialog.getByLabel(/^Address of the library/).fill(library);
      await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    });
  }

  /**
   * Adds a local GGUF file, and chooses it.
   * @param {string} path
   */
  addFile(path) {
    // The button opens the browser's file dialog, which not every driver can control.
    return this.#add((dialog) =>
      dialog.locator('input[type="file"]:not([webkitdirectory])').setInputFiles(path),
    );
  }

  /** @param {(dialog: DrivenLocator) => Promise<void>} name Fills in what is added. */
  async #add(name) {
    await this.#page.getByRole('button', { name: /^Models/ }).click();
    const dialog = this.#page.getByRole('dialog', { name: 'Models' });
    await dialog.getByText('Add a model of your own').click();
    await name(dialog);
    const own = dialog.locator('input[value^="own-"]').last();
    const refused = dialog.getByRole('alert');
    await own.or(refused).first().waitFor();
    if (await refused.isVisible()) throw new ForeseenError(await refused.innerText());
    if (await own.isDisabled()) {
      throw new ForeseenError('The added model cannot be chosen on this device.');
    }
    await own.and(dialog.getByRole('radio', { checked: true })).waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await dialog.waitFor({ state: 'hidden' });
  }

  /** @param {string} instruction */
  async pin(instruction) {
    await this.#page.getByRole('button', { name: 'Pin an instruction' }).click();
    const field = this.#page.getByRole('textbox', { name: 'Pinned instruction' });
    await field.fill(instruction);
    await field.blur();
  }

  /**
   * Sends a message and waits until its answer is listed.
   * @param {string} message
   */
  async send(message) {
    const before = await this.#answers.count();
    await this.composer.fill(message);
    await this.composer.press('Enter');
    await this.#answers.nth(before).waitFor();
  }

  async stop() {
    await this.#page.getByRole('button', { name: 'Stop' }).click();
  }

  /**
   * The last answer's states until it is complete or has failed; that last state is yielded too.
   * @param {{ pollMs?: number }} [options]
   * @returns {AsyncGenerator<AnswerState, void>}
   */
  async *watchAnswer({ pollMs = 150 } = {}) {
    for (;;) {
      const state = await this.readAnswer();
      yield state;
      if (!state.busy) return;
      await pause(pollMs);
    }
  }

  /** @returns {Promise<AnswerState>} The last answer as it stands now. */
  async readAnswer() {
    const progress = await this.#page.getByRole('status', { name: 'Model' }).allInnerTexts();
    // Reads the whole article at once, so that its parts match.
    const answer = await this.#answers.last().evaluate((article) => {
      /** @param {string} selector */
      const textOf = (selector) => {
        const element = article.querySelector(selector);
        return element instanceof HTMLElement ? element.innerText : null;
      };
      const alert = article.querySelector('[role="alert"]');
      return {
        busy: article.getAttribute('aria-busy') === 'true',
        // WebKit ends a paragraph with a line break, which disappears when more text follows.
        text: textOf('[data-part="text"]')?.trimEnd() ?? '',
        stats: textOf('[data-part="stats"]'),
        failure: alert && {
          code: alert.getAttribute('data-code') ?? 'unknown',
          // After the sentence come buttons and the code.
          message: textOf('[role="alert"]')?.split('\n')[0] ?? '',
        },
      };
    });
    return { ...answer, progress: progress.join(' ').replace(/\s+/g, ' ').trim() };
  }
}
