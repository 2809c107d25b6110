import { runTask, testUpload } from '@taskwire/testing';
import { expect, it } from 'vitest';
import { countWordsHandler } from './count-words.ts';

it('counts the words of each line, and tells the longest', async () => {
  const run = await runTask(countWordsHandler, { file: testUpload('one two\n\nthree') });
  expect(run.output).toEqual({ lines: 3, words: 3 });
  expect(run.state.channels.longest).toEqual({ word: 'three', line: 3 });
  expect(run.state.channels.notes).toEqual(['line 2 is empty']);
});

it('refuses a file without words, without another attempt', async () => {
  const run = await runTask(countWordsHandler, { file: testUpload('  ') });
  expect(run.state).toMatchObject({ status: 'error', attempt: 1, error: { code: 'FILE_EMPTY' } });
});
