import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { complaints, launchBrowser } from './browser.ts';
import { makePdf } from './sample-document.ts';
import { System } from './system.ts';

let system: System;
let browser: Browser;
beforeAll(async () => {
  [system, browser] = await Promise.all([System.start(), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await system.stop();
});

async function signIn(page: Page, path: string): Promise<void> {
  await page.goto(system.signInLink(path));
  expect(page.url()).toBe(`${system.url}${path}`);
  await page.getByTestId('sign-in-name').fill('alice');
  await page.getByTestId('sign-in-submit').click();
}

async function percentShown(page: Page): Promise<number> {
  return Number.parseFloat((await page.getByTestId('task-percent').textContent()) ?? '');
}

async function waitForStatus(page: Page, words: RegExp): Promise<void> {
  await page.getByTestId('task-status').filter({ hasText: words }).waitFor({ timeout: 60_000 });
}

const apps = [
  { name: 'React', path: '/' },
  { name: 'Vue', path: '/vue/' },
];

it.each(apps)(
  'the $name page goes from upload over live progress and a reload in the middle to result and search',
  async ({ path }) => {
    const page = await browser.newPage();
    const found = complaints(page);
    await signIn(page, path);
    const pages = 300;
    await page
      .getByTestId('file-input')
      .setInputFiles({ name: 'markers.pdf', mimeType: 'application/pdf', buffer: await makePdf(pages) });
    await page.getByTestId('upload-submit').click();

    await page.getByTestId('task-percent').filter({ hasText: /[1-9]/ }).waitFor({ timeout: 60_000 });
    await system.whileWorkerIsSuspended(async () => {
      const before = await percentShown(page);
      expect(before).toBeLessThan(100);
      await page.reload();
      await page.getByTestId('task-percent').filter({ hasText: /[1-9]/ }).waitFor();
      expect(await percentShown(page)).toBeGreaterThanOrEqual(before);
      await waitForStatus(page, /running|in progress/i);
    });

    await waitForStatus(page, /done/i);
    expect(await percentShown(page)).toBe(100);
    for (const stage of ['parse', 'chunk', 'index'])
      expect(await page.getByTestId(`stage-${stage}`).isVisible()).toBe(true);
    expect(await page.getByTestId('task-result').textContent()).toContain(String(pages));

    await page.getByTestId('search-input').fill('word151marker');
    await page.getByTestId('search-submit').click();
    const hit = page.getByTestId('search-hit').first();
    await hit.waitFor();
    expect(await hit.getAttribute('data-page')).toBe('151');
    expect(await hit.locator('mark').first().textContent()).toBe('word151marker');

    await hit.getByTestId('hit-link').click();
    const text = page.getByTestId('document-text');
    await text.filter({ hasText: 'word151marker' }).waitFor();
    expect(await text.getAttribute('data-page')).toBe('151');
    expect(await page.getByTestId('marked-passage').first().isVisible()).toBe(true);
    expect(await text.textContent()).not.toContain('word150marker');
    await page.getByTestId('page-number').fill('7');
    await page.getByTestId('page-number').press('Enter');
    await text.filter({ hasText: 'word7marker' }).waitFor();
    expect(found).toEqual([]);
    await page.close();
  },
  180_000,
);

it.each(apps)('the $name page lists the tasks of the caller, and no one else’s', async ({ path }) => {
  const page = await browser.newPage();
  await signIn(page, path);
  await page.getByTestId('task-list-item').first().waitFor();
  const stranger = await browser.newPage();
  await stranger.goto(system.signInLink(path));
  await stranger.getByTestId('sign-in-name').fill('mallory');
  await stranger.getByTestId('sign-in-submit').click();
  await stranger.getByTestId('file-input').waitFor({ state: 'attached' });
  expect(await stranger.getByTestId('task-list-item').count()).toBe(0);
  await Promise.all([page.close(), stranger.close()]);
});

it.each(apps)('the $name page says in plain words why a document could not be read', async ({ path }) => {
  const page = await browser.newPage();
  await signIn(page, path);
  const broken = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(2_000, 'x')]);
  await page
    .getByTestId('file-input')
    .setInputFiles({ name: 'broken.pdf', mimeType: 'application/pdf', buffer: broken });
  await page.getByTestId('upload-submit').click();
  await waitForStatus(page, /failed|error/i);
  expect(await page.textContent('main')).toMatch(/PDF/);
  await page.close();
});

it.each(apps)(
  'the $name page opens a hit in the middle of a long page, and the text before it',
  async ({ path }) => {
    const page = await browser.newPage();
    const found = complaints(page);
    await signIn(page, path);
    const sentences = Array.from({ length: 4_000 }, (_, index) => `The boat number${index} lies in the quiet harbour.`);
    const text = `A short first page.\f${sentences.join(' ')}`;
    await page
      .getByTestId('file-input')
      .setInputFiles({ name: 'long.txt', mimeType: 'text/plain', buffer: Buffer.from(text) });
    await page.getByTestId('upload-submit').click();
    await waitForStatus(page, /done/i);
    await page.getByTestId('search-input').fill('number2000');
    await page.getByTestId('search-submit').click();
    await page.getByTestId('hit-link').first().click();
    await page.getByTestId('marked-passage').filter({ hasText: 'number2000' }).first().waitFor();
    const shown = page.getByTestId('document-text');
    expect(await shown.textContent()).not.toContain('number0 ');
    const earlier = page.getByRole('button', { name: 'Show the text before' });
    for (let clicks = 0; clicks < 5 && (await earlier.count()) > 0; clicks += 1) {
      const { length } = (await shown.textContent()) ?? '';
      await earlier.click();
      await expect.poll(async () => (await shown.textContent())?.length, { timeout: 20_000 }).toBeGreaterThan(length);
    }
    await shown.filter({ hasText: 'number0 ' }).waitFor();
    expect(await shown.textContent()).not.toContain('A short first page.');
    await page.getByRole('button', { name: 'Show more of this page' }).click();
    expect(found).toEqual([]);
    await page.close();
  },
  120_000,
);

it.each(apps)('the $name page shows the coverage of a scan, lists it, and deletes it', async ({ path }) => {
  const page = await browser.newPage();
  const found = complaints(page);
  await signIn(page, path);
  await page
    .getByTestId('file-input')
    .setInputFiles({ name: 'scan.pdf', mimeType: 'application/pdf', buffer: await makePdf(3, { emptyPages: 2 }) });
  await page.getByTestId('upload-submit').click();
  await waitForStatus(page, /done/i);
  const coverage = '3 of 5 pages hold text; no text on pages 4–5';
  expect(await page.getByTestId('task-result').textContent()).toContain(coverage);
  expect(await page.textContent('main')).toContain('2 of 5 pages hold no text');

  await page.getByRole('link', { name: 'Documents', exact: true }).click();
  const row = page.getByTestId('document-row').filter({ hasText: 'scan.pdf' });
  await row.filter({ hasText: '2 pages without text' }).click();
  await page.getByTestId('document-facts').filter({ hasText: coverage }).waitFor();
  await page.getByTestId('delete-document').press('Enter');
  await page.getByTestId('confirm-delete').press('Tab');
  await page.keyboard.press('Enter');
  expect(await page.locator(':focus').getAttribute('data-testid')).toBe('delete-document');
  await page.keyboard.press('Enter');
  await page.getByTestId('confirm-delete').press('Enter');
  await page.getByRole('heading', { name: 'Documents' }).waitFor();
  await row.waitFor({ state: 'detached' });
  expect(found).toEqual([]);
  await page.goBack();
  await page.getByText('It may be deleted').waitFor();
  await page.close();
});
