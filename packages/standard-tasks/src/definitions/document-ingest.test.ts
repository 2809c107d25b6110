import { expect, it } from 'vitest';
import { documentIngest } from './document-ingest.ts';

it('names the document that a file replaces in one form, however its id is typed', () => {
  const uploadId = '0b1c7f0e-2f5e-4c52-9f0e-0a8f3a6c1d11';
  const replaces = 'ABCDEF00-2f5e-4C52-9f0e-0a8f3a6c1d11';
  expect(documentIngest.input.parse({ uploadId, replaces })).toMatchObject({ replaces: replaces.toLowerCase() });
});
