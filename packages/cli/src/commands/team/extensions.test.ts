import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand } from '../../testing/run.ts';
import { loadExtensions } from './extensions.ts';

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'taskwire-extensions-')));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Makes a project with these extensions. `code`: the module of `@acme/audit/cli`. */
async function project(extensions: readonly string[], code: string): Promise<void> {
  const files = {
    'package.json': JSON.stringify({ taskwire: { extensions } }),
    'node_modules/@acme/audit/package.json': '{ "exports": { "./cli": "./cli.mjs" } }',
    'node_modules/@acme/audit/cli.mjs': code,
  };
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

/** Runs the command in the project. */
async function taskwire(...words: string[]) {
  const warnings: string[] = [];
  const extensions = await loadExtensions(folder, (line) => warnings.push(line));
  return { ...(await runCommand(words, { workingFolder: folder, extensions })), warnings };
}

test('a package that is named twice adds its commands once', async () => {
  await project(
    ['@acme/audit', '@acme/audit'],
    'export const registerCommands = (program) => program.command("audit").description("audits");',
  );
  const { stdout, warnings } = await taskwire('--help');
  expect(stdout).toContain('audits');
  expect(warnings).toEqual([]);
});

test.each([
  ['whose module throws', '@acme/audit', 'throw new Error("no luck");', 'no luck'],
  ['whose module has no commands', '@acme/audit', '', 'has no function registerCommands'],
  [
    'whose command has a name that is taken',
    '@acme/audit',
    'export const registerCommands = (program) => program.command("list");',
    'list',
  ],
  ['whose name has a space', '@acme/a%20b', '', '@acme/a%20b'],
])('a package %s costs its own commands only, and is named', async (...[, name, code, reason]) => {
  await project([name], code);
  const { status, warnings } = await taskwire('--version');
  expect(status).toBe(0);
  expect(warnings).toEqual([expect.stringMatching(new RegExp(`^the commands of ${name} are missing: .*${reason}`))]);
});
