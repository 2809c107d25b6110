import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { createTemporaryTree, type TemporaryTree } from '../testing/temporary-tree.ts';
import { startReloadingNode } from './reloading-node.ts';
import type { ReloadingProgram } from './reloading-program.ts';

const WAIT = { timeout: 30_000 };
const STAYS =
  "import { word } from './word.js';\nconsole.log('up', word, process.pid);\nsetInterval(() => {}, 1000);\n";

let tree: TemporaryTree;
let said: string[];
let lines: string[];
let program: ReloadingProgram;

beforeEach(async () => {
  tree = await createTemporaryTree({
    'package.json': '{ "type": "module" }',
    'main.ts': STAYS,
    'word.ts': "export const word: string = 'one';",
    'run/notes': '',
  });
  said = [];
  lines = [];
  program = startReloadingNode({
    ...{ name: 'sample', entry: path('main.ts'), folder: tree.root, environment: {}, firstPauseMs: 1 },
    nodeArguments: ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href],
    ...{ logFile: path('sample.log'), reportFile: path('run/imports'), onLine: (line) => lines.push(line) },
    ready: (service) => service.ready(async () => (await readFile(service.logFile, 'utf8')).includes('up'), 20_000),
    view: {
      up: (_tookMs, changed) => said.push(`up ${changed.map((file) => file.slice(tree.root.length + 1)).join()}`),
      broken: (problem) => said.push(`broken: ${problem.message}`),
      say: (line) => said.push(line),
    },
  });
});

afterEach(async () => {
  await program.stop();
  await tree.remove();
});

function path(name: string): string {
  return join(tree.root, name);
}

function saidLast(text: string): Promise<void> {
  return vi.waitFor(() => expect(said.at(-1)).toContain(text), WAIT);
}

function processIds(): number[] {
  return lines.flatMap((line) => /^up \w+ (\d+)$/.exec(line)?.[1] ?? []).map(Number);
}

describe('a program that is started again when its files change', () => {
  it('is, when a file changes that it imports under another ending', async () => {
    await saidLast('up');
    await writeFile(path('word.ts'), "export const word: string = 'two';");
    await saidLast('up word.ts');
    expect(lines.map((line) => line.replace(/\d+/, 'N'))).toEqual(['up one N', 'up two N']);
    expect(() => process.kill(Number(processIds()[0]), 0)).toThrow('ESRCH');
  });

  it('shows a syntax error, waits for a change, and goes on', async () => {
    await saidLast('up');
    await writeFile(path('word.ts'), "export const word: string = 'two");
    await saidLast('broken: sample ended by itself (status 1).');
    expect(lines.join('\n')).toMatch(/word\.ts:1:\d+: ERROR: Unterminated string literal/);
    await writeFile(path('word.ts'), "export const word: string = 'three';");
    await saidLast('up word.ts');
  });

  it('waits for a file that is missing', async () => {
    await saidLast('up');
    await rm(path('word.ts'));
    await saidLast('broken');
    await writeFile(path('word.ts'), "export const word: string = 'back';");
    await saidLast('up word.ts');
  });

  it('is broken while the folder of its report is missing, and goes on once the folder is back', async () => {
    await saidLast('up');
    await rm(path('run'), { recursive: true });
    await writeFile(path('word.ts'), "export const word: string = 'two';");
    await saidLast('broken: ENOENT');
    await mkdir(path('run'));
    await writeFile(path('word.ts'), "export const word: string = 'three';");
    await saidLast('up word.ts');
  });

  it('that ends by itself is started again, and given up in a loop until a file changes', async () => {
    await writeFile(path('main.ts'), "console.log('up'); setTimeout(() => process.exit(3), 150);");
    await saidLast('has ended 5 times within a minute');
    expect(said.at(-1)).toMatch(/^broken: /);
    expect(said.filter((line) => line.includes('(status 3). It is started again'))).toHaveLength(4);
    await writeFile(path('main.ts'), STAYS);
    await saidLast('up main.ts');
  });

  it('leaves no process behind when it is stopped or killed', async () => {
    await saidLast('up');
    program.kill();
    await program.stop();
    await vi.waitFor(() => expect(() => process.kill(Number(processIds()[0]), 0)).toThrow('ESRCH'), WAIT);
  });
});
