import { readFile } from 'node:fs/promises';
import { useTemporaryFolder } from '@taskwire/test-kit/vitest';
import { beforeAll, expect, it } from 'vitest';
import { NEWER_KIND, OLDER_COUNT } from '../older-build.ts';
import { leavingOut } from './older-sources.ts';
import { buildWorkers } from './worker-builds.ts';

const folder = useTemporaryFolder('chaos-builds');
const programs = { current: '', older: '' };

beforeAll(async () => {
  const builds = await buildWorkers(folder.path);
  programs.current = await readFile(builds.current, 'utf8');
  programs.older = await readFile(builds.older, 'utf8');
});

it('builds a worker whose counting handler can misbehave, and an older one that can as well', () => {
  for (const program of Object.values(programs)) expect(program.includes('misbehaving(handlers')).toBe(true);
});

it('leaves a kind out of the older one, and takes smaller numbers in another', () => {
  expect(programs.current.includes(`"${NEWER_KIND}":`)).toBe(true);
  expect(programs.older.includes(`"${NEWER_KIND}":`)).toBe(false);
  expect(programs.older.includes(`kind: "${NEWER_KIND}"`)).toBe(false);
  expect(programs.older.includes(`.max(${OLDER_COUNT})`)).toBe(true);
});

it('fails clearly if an older build has nothing to leave out', () => {
  expect(() => leavingOut().check()).toThrow('registry.ts');
});
