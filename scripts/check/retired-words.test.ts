import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inRepository } from '../lib/repository.ts';
import { createTemporaryTree } from '../testing/temporary-tree.ts';
import { listFiles } from './check-words.ts';
import { findRetiredWords, isLookedAt, RETIRED_WORDS } from './retired-words.ts';

const FILE = 'packages/sample/src/sample.ts';
const foundIn = (text: string, file = FILE) => findRetiredWords(file, text).map(({ found }) => found);

describe('retired words', () => {
  it('are found with file, line and replacement', () => {
    expect(findRetiredWords(FILE, 'const epoch = 1;\n// The life of a log.')).toEqual([
      { file: FILE, line: 2, found: 'life', use: 'epoch (a log), lifetime (a stream)' },
    ]);
  });

  it.each([
    'const life = 1;',
    'if (error.passing) return;',
    '/** Counts each door. */',
    '// Tells Everybody.',
    'const rooms = new Map();',
    'class Room {',
    'this.#told = 3;',
    'toldSeq: 4',
    'the watcher is told of the gap',
    '// Whoever asks, waits.',
    'const lastBeat = 5;',
    '// The worker beats.',
    'a misfit',
    'feed.doubt();',
    'feed.mendEnd();',
    'head.denies(seq);',
    'await owned(task);',
    'interface RunnerParts {',
    'openTestHouse()',
  ])('are found in %j', (text) => {
    expect(foundIn(text)).toHaveLength(1);
  });

  it.each([
    'the life cycle of a task',
    'a sign of life',
    'past its end of life',
    'lifetimeMs',
    'no room for more bytes.',
    'a heartbeat, every 2 s',
    'without doubt',
    'requireOwned(task)',
    'const parts = takeParts();',
    'a lighthouse',
  ])('are not found in %j', (text) => {
    expect(foundIn(text)).toEqual([]);
  });

  it('may be said where stored names and sample texts stand', () => {
    const [exempt] = RETIRED_WORDS.flatMap(({ except = [] }) => except);
    expect(foundIn('the stored field life', exempt)).toEqual([]);
    expect(isLookedAt('docs/decisions/2026-11-22-topics.md')).toBe(false);
    expect(isLookedAt('pnpm-lock.yaml')).toBe(false);
    expect(isLookedAt(FILE)).toBe(true);
  });

  it('are looked for in files with any name', async () => {
    const tree = await createTemporaryTree({ 'docs/tür.md': 'A door.' });
    execFileSync('git', ['init', '--quiet'], { cwd: tree.root });
    expect(await listFiles(tree.root)).toEqual(['docs/tür.md']);
    await tree.remove();
  });

  it('are exempt only in files that say them', () => {
    const exempt = RETIRED_WORDS.flatMap(({ word, except = [] }) => except.map((file) => ({ word, file })));
    expect(exempt.filter(({ word, file }) => !word.test(readFileSync(inRepository(file), 'utf8')))).toEqual([]);
  });
});
