/** The browser's file chooser, opened by a press on the page. */
import type { Locator, Page } from 'playwright/test';

type Files = Parameters<Locator['setInputFiles']>[0];

/**
 * Presses, and chooses the files. In Firefox, a chooser that BiDi has opened cannot be closed, and no second
 * one opens: there, the press is followed to its field, which gets the files.
 */
export async function chooseFiles(
  page: Page,
  press: () => Promise<void>,
  files: Files,
): Promise<void> {
  if (page.context().browser()?.browserType().name() !== 'firefox') {
    const choosing = page.waitForEvent('filechooser');
    await press();
    return (await choosing).setFiles(files);
  }
  const choosing = page.evaluateHandle(waitForField);
  await press();
  await (await choosing).setInputFiles(files);
}

/** Runs in the page. */
function waitForField(): Promise<HTMLInputElement> {
  return new Promise((resolve) => {
    const found = new AbortController();
    const onClick = (event: MouseEvent) => {
      const { target } = event;
      if (!(target instanceof HTMLInputElement) || target.type !== 'file') return;
      event.preventDefault();
      found.abort();
      resolve(target);
    };
    addEventListener('click', onClick, { capture: true, signal: found.signal });
  });
}
