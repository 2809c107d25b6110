import { expect, it } from 'vitest';
import { codeBlocks } from './code-blocks.ts';

it('finds the blocks in TypeScript and Vue, by the names that they state', () => {
  const markdown = [
    '```sh\nnpm install\n```',
    '```ts\n// src/server.ts\nserve();\n```',
    '```vue\n<!-- Page.vue -->\n<template><p /></template>\n```',
    '```tsx\nexport const page = <p />;\n```',
  ].join('\n\n');
  expect(codeBlocks(markdown)).toEqual([
    { file: 'src/server.ts', code: '// src/server.ts\nserve();' },
    { file: 'Page.vue', code: '<!-- Page.vue -->\n<template><p /></template>' },
    { file: 'block-3.tsx', code: 'export const page = <p />;' },
  ]);
});
