import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { complaints, launchBrowser } from '../browser.ts';
import { DevProgram } from './dev-program.ts';
import type { TemplateProject } from './template-project.ts';

const percentOf = async (page: Page) => Number(await page.getByRole('progressbar').getAttribute('value'));

/** Starts a project's `dev`, and watches its example task in Chromium to the end, over a reload and a killed server. */
export async function watchOnPage({ folder, environment }: TemplateProject): Promise<void> {
  const dev = new DevProgram(folder, environment);
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    const found = complaints(page);
    await page.goto(await dev.printed(/page\s+(http:\S+)/));
    await page.getByRole('button', { name: 'Count its words' }).click();
    await page.getByTestId('longest').waitFor();
    expect(found).toEqual([]);
    await expect.poll(() => percentOf(page), { timeout: 30_000 }).toBeGreaterThan(15);

    await page.reload();
    await page.getByTestId('longest').waitFor();
    expect(await percentOf(page)).toBeGreaterThan(15);

    await dev.kill('src/server.ts');
    await page.getByTestId('result').waitFor({ timeout: 60_000 });
    expect(await page.getByTestId('result').innerText()).toMatch(/^440 words in 40 lines$/);
    expect(await page.getByTestId('longest').innerText()).toBe('Longest word: counted in line 1');
  } finally {
    await browser.close();
    await dev.stop();
  }
}
