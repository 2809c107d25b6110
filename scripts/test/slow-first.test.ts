import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { repositoryRoot } from '../lib/repository.ts';
import { SLOW_FILES } from './slow-first.ts';

it('every slow file that starts first exists', () => {
  const files = execFileSync('git', ['ls-files', '*.test.ts'], { cwd: repositoryRoot, encoding: 'utf8' }).split('\n');
  const names = new Set(files.map((file) => file.slice(file.lastIndexOf('/') + 1)));
  expect(SLOW_FILES.filter((name) => !names.has(name))).toEqual([]);
});
