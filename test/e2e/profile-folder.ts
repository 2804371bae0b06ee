/**
 * A profile of Chromium in a folder, as people have it: there it keeps the machine code of WebAssembly, and none in a
 * private window, which is what Playwright's other contexts are. That saves a load of the model three seconds.
 */
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type {
  Browser,
  BrowserContext,
  BrowserContextOptions,
  LaunchOptions,
} from 'playwright/test';
import { type Cores, tellCores } from './cores.ts';

export type BuiltIn = 'SmolLM2' | 'Cria';

/** Of a visitor who has the built-in model, from the set-up; the test runner empties this folder before each run. */
const visitedWith = (builtIn: BuiltIn) => path.resolve('test-results', `visited-with-${builtIn}`);

export class ProfileFolder {
  private constructor(
    readonly folder: string,
    readonly context: BrowserContext,
    private readonly visited: string,
  ) {}

  /** Begins as the profile that the set-up has left, if it has. */
  static async open(
    browser: Browser,
    options: LaunchOptions & BrowserContextOptions,
    { builtIn, cores = 'own' }: { readonly builtIn: BuiltIn; readonly cores?: Cores },
  ): Promise<ProfileFolder> {
    const visited = visitedWith(builtIn);
    const folder = mkdtempSync(path.join(tmpdir(), 'corral-profile-'));
    if (existsSync(visited)) cpSync(visited, folder, { recursive: true });
    const context = await browser.browserType().launchPersistentContext(folder, options);
    await tellCores(context, cores);
    return new ProfileFolder(folder, context, visited);
  }

  /** With `leaves`, others begin as this one has ended. */
  async close({ leaves = false } = {}): Promise<void> {
    await this.context.close();
    const { visited } = this;
    if (leaves && !existsSync(visited)) cpSync(this.folder, visited, { recursive: true });
    rmSync(this.folder, { recursive: true, force: true });
  }
}
