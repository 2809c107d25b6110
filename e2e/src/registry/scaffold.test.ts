import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { complaints, launchBrowser } from '../browser.ts';
import { DevProgram } from './dev-program.ts';
import { createForeignProject, type ForeignProject } from './foreign-project.ts';

let browser: Browser;
let project: ForeignProject | undefined;
let dev: DevProgram | undefined;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterEach(async () => {
  await dev?.stop();
  dev = undefined;
  await project?.remove();
  project = undefined;
});
afterAll(() => browser.close());

/** Makes a project as the README says, installs, checks, builds and tests it. @returns its folder. */
async function made(template: string): Promise<string> {
  project = await createForeignProject();
  await project.run('npm', 'create', '--yes', 'taskwire@latest', 'my-app', '--', '--template', template);
  const folder = join(project.folder, 'my-app');
  await project.run('npm', 'install', '--prefix', folder);
  await project.run('npm', 'run', 'build', '--prefix', folder);
  await project.run('npm', 'test', '--prefix', folder);
  return folder;
}

const percentOf = async (page: Page) => Number(await page.getByRole('progressbar').getAttribute('value'));

it.each(['react', 'vue'])(
  'the template %s: a page shows a task to its end, over a reload and a killed server',
  async (template) => {
    const folder = await made(template);
    dev = new DevProgram(folder, project?.environment ?? {});
    const url = await dev.printed(/page\s+(http:\S+)/);
    const page = await browser.newPage();
    const found = complaints(page);
    await page.goto(url);
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
    await page.close();
  },
  600_000,
);

it('the template node: a program shows bars, and prints the output', async () => {
  const folder = await made('node');
  dev = new DevProgram(folder, project?.environment ?? {});
  await dev.printed(/440 words in 40 lines/);
}, 600_000);

it('a renamed field of the task breaks the compile of page, handler and test', async () => {
  project = await createForeignProject();
  await project.run('npm', 'create', '--yes', 'taskwire@latest', 'my-app', '--', '--template', 'react');
  const folder = join(project.folder, 'my-app');
  await project.run('npm', 'install', '--prefix', folder);
  await project.run('sed', '-i', 's/^    file: upload/    textFile: upload/', join(folder, 'src/tasks/count-words.ts'));
  const broken = await project.run('npm', 'run', 'typecheck', '--prefix', folder).catch(String);
  for (const file of ['src/page/App.tsx', 'src/handlers/count-words.ts', 'src/handlers/count-words.test.ts']) {
    expect(broken).toContain(file);
  }
}, 600_000);
