import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { inRepository } from './lib/repository.ts';

/** The variables that a package's env.ts reads: the keys of its schema. */
async function variablesOf(name: string): Promise<string[]> {
  const source = await readFile(inRepository('packages', name, 'src', 'env.ts'), 'utf8');
  const found = [...source.matchAll(/^ {2}([A-Z][A-Z0-9_]+): /gm)].map((match) => match[1] ?? '');
  return [...new Set(found)];
}

/** Variables that compose leaves out: there, nginx serves the pages in place of the api. */
const NOT_IN_COMPOSE = ['REACT_APP_DIRECTORY', 'VUE_APP_DIRECTORY'];

describe.each(['server', 'worker'])('the environment of the %s', (name) => {
  it('is explained, every variable of it, in .env.example', async () => {
    const example = await readFile(inRepository('.env.example'), 'utf8');
    const explained = new Set([...example.matchAll(/^(?:# )?([A-Z][A-Z0-9_]+)=/gm)].map((match) => match[1]));
    const variables = await variablesOf(name);
    expect(variables).toContain('DATABASE_URL');
    expect(variables.filter((variable) => !explained.has(variable))).toEqual([]);
  });

  it('can be set, every variable of it, in docker-compose.yml', async () => {
    const compose = await readFile(inRepository('docker-compose.yml'), 'utf8');
    const settable = new Set([...compose.matchAll(/^ +([A-Z][A-Z0-9_]+): /gm)].map((match) => match[1]));
    const needed = (await variablesOf(name)).filter((variable) => !NOT_IN_COMPOSE.includes(variable));
    expect(needed.filter((variable) => !settable.has(variable))).toEqual([]);
  });
});
