import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTestRedis, type TestRedis } from '@taskwire/test-kit';
import { createEmptyDatabase, type TestDatabase } from '@taskwire/test-kit/vitest';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { complaints, launchBrowser } from '../browser.ts';
import { DevProgram } from './dev-program.ts';
import { runForeign } from './foreign-environment.ts';
import { createForeignProject, type ForeignProject } from './foreign-project.ts';

/*
 * A bakery's app that Taskwire was added to by hand: Express, its own tRPC router, sessions by cookie, and tables in the
 * schema `public`, one of them named as one of Taskwire's. It installs from the registry of the run.
 */
let project: ForeignProject;

beforeAll(async () => {
  project = await createForeignProject();
  await cp(new URL('foreign-app/', import.meta.url), project.folder, { recursive: true });
  await project.install();
}, 300_000);
afterAll(() => project.remove());

it('the app compiles, builds its page, and tests its handler', async () => {
  await project.run('npm', 'run', 'build');
  await project.run('npm', 'test');
});

describe('types', () => {
  /** Compiles the app with one text in place of another. @returns the errors; empty if it compiles. */
  async function errorsWith(file: string, text: string, changed: string): Promise<string> {
    const original = await readFile(join(project.folder, file), 'utf8');
    expect(original).toContain(text);
    await project.write({ [file]: original.replace(text, changed) });
    const errors = await project.run('npm', 'run', 'check').then(() => '', String);
    await project.write({ [file]: original });
    return errors;
  }

  it('a renamed field of the input breaks page, handler, script and test', async () => {
    const errors = await errorsWith('jobs/import-sales.ts', 'table: upload(', 'csv: upload(');
    for (const file of [
      'web/Bakery.tsx',
      'jobs/import-sales-handler.ts',
      'scripts/import-sales.ts',
      'jobs/import-sales.test.ts',
    ]) {
      expect(errors).toContain(`${file}(`);
    }
  });

  it('a task without a handler does not compile; the message names its kind', async () => {
    const errors = await errorsWith('jobs/worker.ts', 'handlers: [importSalesHandler]', 'handlers: []');
    expect(errors).toMatch(/jobs\/worker\.ts\(.*[^]*sales\.import/);
  });

  it('a value of a channel that has another type does not compile', async () => {
    const errors = await errorsWith(
      'jobs/import-sales-handler.ts',
      'send({ ...total })',
      "send({ rows: '1', cents: 2 })",
    );
    expect(errors).toContain('jobs/import-sales-handler.ts(');
    expect(errors).toContain("Type 'string' is not assignable to type 'number'");
  });

  it('a result of a stage that lacks a field does not compile; the message names the field', async () => {
    const stages =
      "[{ name: 'import', weight: 1, result: z.object({ bytes: z.int() }) }, { name: 'check', weight: 1 }]";
    const errors = await errorsWith('jobs/import-sales.ts', "[{ name: 'import', weight: 1 }]", stages);
    expect(errors).toContain("Property 'bytes' is missing in type '{ rows: number; cents: number; }'");
  });

  it('the message about a misspelled stage or channel has all names', async () => {
    const stages = "[{ name: 'import', weight: 1 }, { name: 'check', weight: 1, result: z.string() }]";
    const stage = await errorsWith(
      'jobs/import-sales.ts',
      "[{ name: 'import', weight: 1 }]",
      stages.replace("'import'", "'read'"),
    );
    expect(stage).toContain(`'"import"' is not assignable to parameter of type '"check" | "read"'`);
    const channel = await errorsWith('jobs/import-sales-handler.ts', "channel('total')", "channel('totals')");
    expect(channel).toContain(`'"totals"' is not assignable to parameter of type '"total" | "warnings"'`);
  });

  it('a channel of the state has the type of its values on the page', async () => {
    const errors = await errorsWith('web/Import.tsx', '{total.cents} cents', '{total.euros} euros');
    expect(errors).toContain('web/Import.tsx(');
    expect(errors).toContain("'euros' does not exist");
  });
});

describe('running', () => {
  let browser: Browser;
  let database: TestDatabase;
  let redis: TestRedis;
  let dev: DevProgram;
  let url: string;

  beforeAll(async () => {
    [browser, database, redis] = await Promise.all([launchBrowser(), createEmptyDatabase(), createTestRedis()]);
    const servers = { DATABASE_URL: database.databaseUrl, REDIS_URL: redis.redisUrl };
    // The bakery was there before Taskwire.
    await runForeign({ command: 'npm', arguments: ['run', 'setup'], folder: project.folder, environment: servers });
    dev = new DevProgram(project.folder, { ...project.environment, ...servers });
    url = await dev.printed(/server\s+(http:\S+)/);
  }, 120_000);
  afterAll(async () => {
    await Promise.all([browser.close(), dev.stop()]);
    await Promise.all([database.drop(), redis.stop()]);
  });

  async function logIn(context: BrowserContext, member: string): Promise<Page> {
    const page = await context.newPage();
    await page.goto(url);
    await page.getByLabel('Member').fill(member);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByTestId('facts').filter({ hasText: 'errands' }).waitFor();
    return page;
  }

  const SALES = Array.from({ length: 300 }, (_, row) => (row === 3 ? 'rolls' : `rye,${row}`)).join('\n');
  const factsOf = (page: Page) => page.getByTestId('facts').innerText();
  const rowsOf = async (page: Page) => Number.parseInt(await page.getByTestId('total').innerText(), 10);

  it('a member uploads and watches, over a reload and a killed server; another member sees nothing', async () => {
    const page = await logIn(await browser.newContext(), 'ada');
    const found = complaints(page);
    await page.getByRole('button', { name: 'Add errand' }).click();
    await page.getByTestId('facts').filter({ hasText: '2 errands' }).waitFor();
    await page.getByLabel('Sales').setInputFiles({ name: 'day.csv', mimeType: 'text/csv', buffer: Buffer.from(SALES) });
    await page.getByRole('button', { name: 'Import' }).click();
    await page.getByTestId('warnings').filter({ hasText: 'row 4 has no price' }).waitFor();
    const before = await rowsOf(page);
    await expect.poll(() => rowsOf(page), { timeout: 30_000 }).toBeGreaterThan(before);
    expect(found).toEqual([]);

    await page.reload();
    await page.getByTestId('warnings').filter({ hasText: 'row 4' }).waitFor();
    expect(await rowsOf(page)).toBeGreaterThan(before);

    const other = await logIn(await browser.newContext(), 'bob');
    expect(await factsOf(other)).toBe('0 errands, 0 imports');
    await other.goto(page.url());
    expect(await other.getByTestId('refusal').innerText()).toContain('no such task');

    expect(await page.getByTestId('result').count()).toBe(0);
    await dev.kill('backend/main.ts');
    await page.getByTestId('result').waitFor({ timeout: 90_000 });
    expect(await page.getByTestId('result').innerText()).toBe('imported 299 rows, 44847 cents');
    expect(await page.getByTestId('warnings').innerText()).toBe('row 4 has no price');
  });

  it('a visitor without a session reads that they must sign in', async () => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${url}/?import=b7d90182-455b-425b-938a-84f1628175cc`);
    expect(await page.getByTestId('refusal').innerText()).toBe('sign in first');
  });

  it('the app keeps its routes, its tables and its table’s rows', async () => {
    expect(await (await fetch(`${url}/hello`)).text()).toBe('the bakery is open');
    const tables = await fetch(`${url}/rpc/tables`);
    expect(await tables.json()).toEqual({ result: { data: ['sessions', 'tasks'] } });
    const page = await logIn(await browser.newContext(), 'ada');
    expect(await factsOf(page)).toBe('2 errands, 1 imports');
  });

  it('a program creates a task as a member, and prints its output', async () => {
    await project.write({ 'sales.csv': 'rye,420\nspelt,510\n' });
    const printed = await project.run('npm', 'run', '--silent', 'import-sales', '--', url, 'cleo', 'sales.csv');
    expect(printed).toBe('2 rows, 930 cents\n');
  });
});
