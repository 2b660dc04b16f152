// The page of a run in a real browser, where one is installed: Debian's package `chromium`, or another by the same
// maker.

import {accessSync, constants, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {type BrowserContextOptions, chromium, type Page} from 'playwright-core';

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The browser's program; undefined where there is none. */
export const browserPath = (process.env['PATH'] ?? '')
  .split(delimiter)
  .flatMap(folder => ['chromium', 'chromium-browser', 'google-chrome'].map(name => join(folder, name)))
  .find(isExecutable);

/** A page that is open, and everything about it that ought not to be: requests, errors, dialogs. */
export type Opened = {readonly page: Page; readonly complaints: readonly string[]};

/** Opens pages, one after the other, and hands each to `look`. */
export const browse = async (
  path: string,
  pages: readonly {readonly html: string; readonly as: BrowserContextOptions}[],
  look: (opened: Opened, index: number) => Promise<void>,
): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-page-'));
  // Whoever tests as root, as containers do, has no sandbox.
  const browser = await chromium.launch({executablePath: path, args: ['--no-sandbox']});
  try {
    for (const [index, {html, as}] of pages.entries()) {
      const file = join(folder, `${index}.html`);
      writeFileSync(file, html);
      const context = await browser.newContext(as);
      const page = await context.newPage();
      const complaints: string[] = [];
      const url = pathToFileURL(file).href;
      page.on('request', request => {
        if (request.url().split('#')[0] !== url) complaints.push(`asks for ${request.url()}`);
      });
      page.on('console', message => complaints.push(`says ${message.text()}`));
      page.on('pageerror', error => complaints.push(`throws ${error.message}`));
      page.on('dialog', dialog => {
        complaints.push(`asks ${dialog.message()}`);
        dialog.dismiss().catch(() => {});
      });
      await page.goto(url);
      await look({page, complaints}, index);
      await context.close();
    }
  } finally {
    await browser.close();
    rmSync(folder, {recursive: true, force: true});
  }
};
