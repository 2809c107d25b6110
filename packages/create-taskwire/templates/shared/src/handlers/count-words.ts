import { setTimeout as delay } from 'node:timers/promises';
import { handle, PermanentTaskError } from '@taskwire/worker';
import { countWords } from '../tasks/index.ts';

export const countWordsHandler = handle(countWords, async (ctx, input) => {
  const lines = await ctx.stage('read', async () => {
    const file = await ctx.openUpload(input.file);
    const text = new TextDecoder().decode(await file.bytes());
    // Another attempt cannot help: the task ends at once, with this message for its owner.
    if (text.trim() === '') throw new PermanentTaskError('FILE_EMPTY', 'the file holds no words: choose another one');
    return text.trim().split('\n');
  });
  const { words } = await ctx.stage('count', async (stage) => {
    let words = 0;
    let longest = '';
    let empty = 0;
    for (const [index, line] of lines.entries()) {
      const found = line.split(/\s+/).filter((word) => word !== '');
      words += found.length;
      for (const word of found) {
        if (word.length <= longest.length) continue;
        longest = word;
        await ctx.channel('longest').send({ word, line: index + 1 });
      }
      if (found.length === 0) {
        // With `index`, a later attempt replaces the notes of this one in place of appending its own.
        await ctx.channel('notes').send(`line ${index + 1} is empty`, { index: empty });
        empty += 1;
      }
      await stage.progress(index + 1, lines.length, `line ${index + 1}`);
      // `signal` aborts at a cancel, at the time limit, and when the worker stops.
      await delay(input.pauseMs, undefined, { signal: stage.signal });
    }
    return { words };
  });
  return { lines: lines.length, words };
});
