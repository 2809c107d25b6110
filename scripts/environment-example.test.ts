import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { inRepository } from './lib/repository.ts';

/** Variables that both processes read. */
const SHARED = inRepository('packages', 'uploads', 'src', 'settings', 'upload-variables.ts');

/** Variables of a worker with documents. */
const DOCUMENTS = inRepository('packages', 'standard-tasks', 'src', 'worker', 'env.ts');

/** The variables that a package's env.ts reads: the keys of its schema, and of what it shares with others. */
async function variablesOf(name: string): Promise<string[]> {
  const files = [inRepository('packages', name, 'src', 'env.ts'), SHARED, ...(name === 'worker' ? [DOCUMENTS] : [])];
  const source = (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('\n');
  const found = [...source.matchAll(/^ {2}([A-Z][A-Z0-9_]+): /gm)].map((match) => match[1] ?? '');
  return [...new Set(found)];
}

describe.each(['server', 'worker'])('the environment of the %s', (name) => {
  it('is explained, every variable of it, in .env.example', async () => {
    const example = await readFile(inRepository('.env.example'), 'utf8');
    const explained = new Set([...example.matchAll(/^(?:# )?([A-Z][A-Z0-9_]+)=/gm)].map((match) => match[1]));
    const variables = await variablesOf(name);
    expect(variables).toEqual(expect.arrayContaining(['DATABASE_URL', 'UPLOAD_DIRECTORY', 'UPLOAD_S3_BUCKET']));
    expect(variables.filter((variable) => !explained.has(variable))).toEqual([]);
  });

  it('can be set, every variable of it, in docker-compose.yml', async () => {
    const compose = await readFile(inRepository('docker-compose.yml'), 'utf8');
    const settable = new Set([...compose.matchAll(/^ +([A-Z][A-Z0-9_]+): /gm)].map((match) => match[1]));
    const variables = await variablesOf(name);
    expect(variables.filter((variable) => !settable.has(variable))).toEqual([]);
  });
});
