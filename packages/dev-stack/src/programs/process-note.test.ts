import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createTemporaryTree, type TemporaryTree } from '../testing/temporary-tree.ts';
import { endNotedProcess, noteProcess } from './process-note.ts';

let tree: TemporaryTree;
let noteFile: string;
let child: ChildProcess;

beforeEach(async () => {
  tree = await createTemporaryTree({ 'left.js': "console.log('up'); setInterval(() => {}, 1000);" });
  noteFile = join(tree.root, 'left.process');
  child = spawn(process.execPath, [join(tree.root, 'left.js')], {
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  if (child.stdout !== null) await once(child.stdout, 'data');
});

afterEach(async () => {
  child.kill('SIGKILL');
  await tree.remove();
});

describe('the note of a program that was left behind', () => {
  it('lets the next start end the program', async () => {
    const ended = once(child, 'exit');
    await noteProcess({ noteFile, arguments: [join(tree.root, 'left.js')] }, child.pid);
    expect(await endNotedProcess(noteFile)).toBe(true);
    expect(await ended).toEqual([null, 'SIGTERM']);
    expect(await endNotedProcess(noteFile)).toBe(false);
  });

  it('does no harm to another program that has the process id now', async () => {
    await writeFile(noteFile, `${child.pid ?? 0} /another/program.ts\n`);
    expect(await endNotedProcess(noteFile)).toBe(false);
    expect(child.exitCode).toBeNull();
    expect(child.signalCode).toBeNull();
  });

  it('is removed with its program, unless the next start has written it', async () => {
    const forget = await noteProcess({ noteFile, arguments: ['program.ts'] }, 17);
    await noteProcess({ noteFile, arguments: ['program.ts'] }, 18);
    await forget();
    expect(await readFile(noteFile, 'utf8')).toBe('18 program.ts\n');
  });
});
