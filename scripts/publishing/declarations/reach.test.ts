import { afterEach, describe, expect, it } from 'vitest';
import { createTemporaryTree, type TemporaryTree } from '../../testing/temporary-tree.ts';
import { readReached } from './reach.ts';

let tree: TemporaryTree | undefined;

async function reached(files: Record<string, string>): Promise<Record<string, string>> {
  tree = await createTemporaryTree(files);
  return Object.fromEntries(await readReached({ folder: tree.root, output: 'what the compiler said' }, ['index.d.ts']));
}

afterEach(() => tree?.remove());

describe('the declarations that public names need', () => {
  it('are those that the entry imports, directly or through others', async () => {
    const files = {
      'index.d.ts': "export { a } from './a.ts';",
      'a.d.ts': "export declare const a: import('./folder/b.tsx').B;",
      'folder/b.d.ts': "import type { A } from '../a.ts';\nexport type B = A;",
      'internal.d.ts': 'export declare const internal: number;',
    };
    expect(await reached(files)).toEqual({
      'index.d.ts': "export { a } from './a.js';",
      'a.d.ts': "export declare const a: import('./folder/b.js').B;",
      'folder/b.d.ts': "import type { A } from '../a.js';\nexport type B = A;",
    });
  });

  it('name a Vue component so that every resolution finds it', async () => {
    const files = { 'index.d.ts': "export { default as A } from './A.vue';", 'A.vue.d.ts': 'export default {};' };
    expect(await reached(files)).toMatchObject({ 'index.d.ts': "export { default as A } from './A.vue.js';" });
  });

  it('ask for the types of Node where they use them', async () => {
    const reference = '/// <reference types="node" />';
    expect((await reached({ 'index.d.ts': 'export type Bytes = Buffer;' }))['index.d.ts']).toContain(reference);
    expect((await reached({ 'index.d.ts': "import 'node:fs';" }))['index.d.ts']).toContain(reference);
    expect((await reached({ 'index.d.ts': 'export type A = 1;' }))['index.d.ts']).not.toContain(reference);
  });

  it('keep comments and texts as they are', async () => {
    const text = "/** Imported from './a.ts'. */ export declare const path: './a.ts';";
    expect(await reached({ 'index.d.ts': text })).toEqual({ 'index.d.ts': text });
  });

  it('are missed with the words of the compiler', async () => {
    await expect(reached({ 'index.d.ts': "export * from './a.ts';" })).rejects.toMatchObject({
      message: 'There is no declaration a.d.ts.',
      detail: 'what the compiler said',
    });
  });
});
