import { appendFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createTemporaryTree, type TemporaryTree } from '../testing/temporary-tree.ts';
import { ImportedFiles } from './imported-files.ts';

let tree: TemporaryTree;
let files: ImportedFiles;
let abort: AbortController;

beforeEach(async () => {
  tree = await createTemporaryTree({ 'main.ts': 'main', 'part.ts': 'part', 'other.ts': 'other' });
  files = new ImportedFiles({ reportFile: path('imports'), entry: path('main.ts') });
  abort = new AbortController();
  await files.begin();
});

afterEach(async () => {
  abort.abort();
  await tree.remove();
});

function path(name: string): string {
  return join(tree.root, name);
}

/** Reports a file as a program does that imports it. */
async function report(name: string): Promise<void> {
  const found = await stat(path(name)).catch(() => undefined);
  const line = found === undefined ? [path(name)] : [path(name), found.mtimeMs, found.size];
  await appendFile(path('imports'), `${JSON.stringify(line)}\n`);
}

function changed(): Promise<string[]> {
  return files.changed(abort.signal);
}

describe('the files that a program has imported', () => {
  it('are looked at until one changes, which is named', async () => {
    await report('part.ts');
    const change = changed();
    await writeFile(path('other.ts'), 'nobody imports this');
    await writeFile(path('part.ts'), 'another part');
    expect(await change).toEqual([path('part.ts')]);
  });

  it('include its first file, even if it reported nothing', async () => {
    const change = changed();
    await writeFile(path('main.ts'), 'mended');
    expect(await change).toEqual([path('main.ts')]);
  });

  it('that were changed since the program read them count as changed', async () => {
    await report('part.ts');
    await writeFile(path('part.ts'), 'changed before the first look');
    expect(await changed()).toEqual([path('part.ts')]);
  });

  it('that were changed before the start of the program do not', async () => {
    await report('part.ts');
    await writeFile(path('part.ts'), 'changed once');
    await changed();
    await files.begin();
    const change = changed();
    await writeFile(path('main.ts'), 'changed after the start');
    expect(await change).toEqual([path('main.ts')]);
  });

  it.each([
    ['missing.ts', 'missing.ts'],
    ['missing.js', 'missing.ts'],
    ['missing', 'missing.tsx'],
  ])('may be missing: an import of %s waits for %s', async (imported, appears) => {
    await report(imported);
    const change = changed();
    await writeFile(path(appears), 'here I am');
    expect(await change).toEqual([path(appears)]);
  });

  it('include those of its threads, with what they import', async () => {
    await writeFile(path('part.ts'), "const thread = new URL('./thread.js', import.meta.url);");
    await writeFile(path('thread.ts'), "import { other } from './other.ts';");
    await report('part.ts');
    await files.keepReported();
    const change = changed();
    await writeFile(path('other.ts'), 'of the thread');
    expect(await change).toEqual([path('other.ts')]);
    const second = changed();
    await writeFile(path('thread.ts'), 'the thread');
    expect(await second).toEqual([path('thread.ts')]);
  });

  it('may be deleted', async () => {
    await report('part.ts');
    const change = changed();
    await rm(path('part.ts'));
    expect(await change).toEqual([path('part.ts')]);
  });

  it('that only an earlier start has imported are forgotten once the program is up', async () => {
    await report('part.ts');
    await files.keepReported();
    await files.begin();
    await report('other.ts');
    await files.keepReported();
    await writeFile(path('part.ts'), 'no longer imported');
    await writeFile(path('other.ts'), 'still imported');
    expect(await changed()).toEqual([path('other.ts')]);
  });

  it('are no longer looked at once the signal aborts', async () => {
    const change = changed();
    abort.abort();
    await expect(change).rejects.toThrow(/abort/i);
  });
});
