import { expect, test } from 'vitest';
import { readKinds } from './answers.ts';

const KIND = {
  kind: 'image.resize',
  summary: 'Resizes an image',
  isDemo: false,
  stages: [{ name: 'decode', weight: 1 }],
  channels: [{ name: 'preview', mode: 'latest' }],
  inputSchema: { type: 'object' },
  uploads: [{ path: 'image', accept: ['image/*'], maxBytes: 5 }, { path: 'pages.*' }],
};

test('kinds are read with the fields that a later version adds', () => {
  expect(readKinds([{ ...KIND, icon: 'x' }])).toEqual([{ ...KIND, icon: 'x' }]);
});

test.each([
  ['a text', 'kinds'],
  ['a kind without a name', [{ ...KIND, kind: undefined }]],
  ['a stage without a name', [{ ...KIND, stages: [{}] }]],
  ['a channel without a name', [{ ...KIND, channels: [{ name: 5 }] }]],
  ['an upload field without a path', [{ ...KIND, uploads: [{}] }]],
  ['an upload field with a text of media types', [{ ...KIND, uploads: [{ path: 'image', accept: 'image/*' }] }]],
  ['an upload field with a text as its limit', [{ ...KIND, uploads: [{ path: 'image', maxBytes: '5' }] }]],
])('%s is no list of kinds', (_fault, answer) => {
  expect(() => readKinds(answer)).toThrow(/not a list of kinds of a form that this version can read/);
});
