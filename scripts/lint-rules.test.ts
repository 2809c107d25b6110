import { join } from 'node:path';
import { ESLint } from 'eslint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inRepository } from './lib/repository.ts';
import { createTemporaryTree, type TemporaryTree } from './testing/temporary-tree.ts';

const REACT_COMPONENT = `import { useState } from 'react';
export function useSometimes(on: boolean): number {
  if (!on) return 0;
  return useState(1)[0];
}
`;
const REACT_TYPES = `declare module 'react' {
  export function useState<Value>(value: Value): [Value, (value: Value) => void];
}
`;
const LONG_FUNCTION = `export function long(): number {\n  let sum = 0;\n${'  sum += 1;\n'.repeat(70)}  return sum;\n}\n`;
const TANGLE = `export function tangle(value: number): string {
${Array.from({ length: 11 }, (_, index) => `  if (value === ${index}) return 'is ${index}';`).join('\n')}
  return 'is none';
}
`;

/** Code that breaks one rule, by the rule's name and where it stands. */
const planted: Record<string, { file: string; code: string }> = {
  '@typescript-eslint/no-explicit-any': ts(
    'any',
    'export const isSet = (given: any): boolean => given !== undefined;\n',
  ),
  '@typescript-eslint/no-floating-promises': ts(
    'floating',
    'export function forget(): void {\n  Promise.resolve();\n}\n',
  ),
  '@typescript-eslint/no-misused-promises': ts(
    'misused',
    'export const run = (): void => {\n  [1].forEach(async () => Promise.resolve());\n};\n',
  ),
  '@typescript-eslint/switch-exhaustiveness-check': ts(
    'switch',
    "export function name(of: 'a' | 'b'): string {\n  switch (of) {\n    case 'a':\n      return 'A';\n  }\n  return '';\n}\n",
  ),
  '@typescript-eslint/consistent-type-imports': ts(
    'type-import',
    "import { Shape } from './shape.ts';\nexport const shape: Shape = { value: 1 };\n",
  ),
  '@typescript-eslint/consistent-type-assertions': ts(
    'cast',
    'export const cast = (given: unknown): string => given as string;\n',
  ),
  '@typescript-eslint/no-non-null-assertion': ts(
    'non-null',
    'export const first = (given: (string | undefined)[]): string => given[0]!;\n',
  ),
  '@typescript-eslint/ban-ts-comment': ts(
    'ignore',
    "// @ts-expect-error: not here\nexport const wrong: number = '';\n",
  ),
  '@typescript-eslint/no-unused-vars': ts('unused', 'const unused = 1;\nexport const used = 2;\n'),
  'max-params': ts(
    'params',
    'export const sum = (a: number, b: number, c: number, d: number): number => a + b + c + d;\n',
  ),
  complexity: ts('tangle', TANGLE),
  'max-lines-per-function': ts('long', LONG_FUNCTION),
  'no-console': ts('console', "console.log('hello');\n"),
  'no-restricted-syntax': ts('environment', "export const path = process.env['PATH'];\n"),
  eqeqeq: ts('equals', 'export const isNone = (given: string | null): boolean => given == null;\n'),
  'react-hooks/rules-of-hooks': { file: 'packages/react/src/hook.ts', code: REACT_COMPONENT },
  'vue/no-v-html': {
    file: 'packages/vue/src/Html.vue',
    code: '<script setup lang="ts">\nconst html = \'\';\n</script>\n\n<template>\n  <p v-html="html" />\n</template>\n',
  },
};

const allowed: Record<string, string> = {
  'packages/sample/src/env.ts': "export const path = process.env['PATH'];\n",
  'packages/sample/src/constant.ts': "export const names = ['a', 'b'] as const;\n",
  'packages/sample/src/sample.test.ts': "export const path = process.env['PATH'];\n",
  'packages/sample/src/types.test-d.ts':
    '// @ts-expect-error: a number is no string\nexport const wrong: string = 1;\n',
  'packages/cli/src/main.ts': "console.log('hello');\n",
};

function ts(name: string, code: string): { file: string; code: string } {
  return { file: `packages/sample/src/${name}.ts`, code };
}

const TSCONFIG = JSON.stringify({
  extends: inRepository('tsconfig.base.json'),
  compilerOptions: { lib: ['ES2023', 'DOM'], types: ['node'], typeRoots: [inRepository('node_modules', '@types')] },
  include: ['packages'],
});
const SILENCED = 'packages/sample/src/silenced.ts';

let tree: TemporaryTree;
let eslint: ESLint;

beforeAll(async () => {
  tree = await createTemporaryTree({
    ...allowed,
    ...Object.fromEntries(Object.values(planted).map(({ file, code }) => [file, code])),
    'tsconfig.json': TSCONFIG,
    'packages/sample/src/shape.ts': 'export interface Shape {\n  value: number;\n}\n',
    'packages/react/src/react.d.ts': REACT_TYPES,
    [SILENCED]:
      '/* eslint-disable */\nexport const isSet = (given: any): boolean => given !== undefined; // eslint-disable-line\n',
  });
  eslint = new ESLint({ cwd: tree.root, overrideConfigFile: inRepository('eslint.config.js') });
});

afterAll(() => tree.remove());

/** The names of the rules that a file breaks. */
async function rulesBroken(file: string): Promise<string[]> {
  const [result] = await eslint.lintFiles([join(tree.root, file)]);
  const names = result?.messages.map((message) => message.ruleId ?? message.message) ?? ['not linted'];
  return [...new Set(names)];
}

describe('the lint rules', () => {
  it.each(Object.entries(planted))('%s is an error', async (rule, { file }) => {
    expect(await rulesBroken(file)).toEqual([rule]);
  });

  it.each(Object.keys(allowed))('let %s pass', async (file) => {
    expect(await rulesBroken(file)).toEqual([]);
  });

  it('cannot be switched off by a comment', async () => {
    expect(await rulesBroken(SILENCED)).toContain('@typescript-eslint/no-explicit-any');
  });
});
