import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { repositoryRoot } from '../lib/repository.ts';
import { SLOW_FILES } from './slow-first.ts';

it('each file that starts first exists once', () => {
  const files = execFileSync('git', ['ls-files', '*.test.ts'], { cwd: repositoryRoot, encoding: 'utf8' }).split('\n');
  const named = SLOW_FILES.map((end) => files.filter((file) => `/${file}`.endsWith(`/${end}`)));
  expect(named.filter((found) => found.length !== 1)).toEqual([]);
});
