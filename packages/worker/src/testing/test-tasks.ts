import { setTimeout as delay } from 'node:timers/promises';
import { defineTask, latest, list, upload } from '@taskwire/tasks';
import * as z from 'zod';
import type { Handler } from '../context/handler.ts';
import { handle } from '../handle.ts';
import { TaskError } from '../task-error.ts';
import { burnTask } from './burn-task.ts';

/** Counts slowly, and fails on purpose at a number in its first attempts. */
export const countTask = defineTask({
  kind: 'demo.count',
  isDemo: true,
  input: z.object({
    to: z.int().min(1).max(100_000).default(10),
    everyMs: z.int().min(0).max(60_000).default(500),
    failures: z.exactOptional(z.object({ at: z.int().min(1), times: z.int().min(1).max(10) })),
  }),
  output: z.object({ counted: z.int() }),
  stages: [{ name: 'count', weight: 1 }],
});

const written = z.object({ words: z.int().nonnegative(), characters: z.int().nonnegative() });

/** Writes words as tokens in two stages whose results are remembered. */
export const textTask = defineTask({
  kind: 'demo.text',
  isDemo: true,
  input: z.object({
    words: z.int().min(1).max(1_000_000).default(200),
    wordsPerSecond: z.int().min(1).max(100_000).default(20),
    failures: z.exactOptional(
      z.object({ stage: z.enum(['draft', 'polish']), at: z.int().min(1), times: z.int().min(1).max(10) }),
    ),
  }),
  output: written,
  stages: [
    { name: 'draft', weight: 1, result: written },
    { name: 'polish', weight: 1, result: written },
  ],
});

/** A kind with an upload, channels, remembered stages and one that is not remembered. */
export const readTask = defineTask({
  kind: 'test.read',
  input: z.object({ file: upload() }),
  output: z.object({ bytes: z.int() }),
  stages: [
    { name: 'parse', weight: 6, result: z.object({ pages: z.int(), characters: z.int(), sections: z.int() }) },
    { name: 'chunk', weight: 1, result: z.object({ chunks: z.int().nonnegative() }) },
    { name: 'index', weight: 3 },
  ],
  channels: { preview: latest(z.object({ width: z.int() })), notes: list(z.string(), { keep: 10 }) },
});

const WORDS = ['every', 'event', 'comes', 'once', 'in', 'order'];

const writeText = handle(textTask, async (ctx, { words, wordsPerSecond, failures }) => {
  const write = (name: 'draft' | 'polish') =>
    ctx.stage(name, async (stage) => {
      let characters = 0;
      const begunAt = performance.now();
      for (let index = 0; index < words; index += 1) {
        const earlyMs = (index * 1_000) / wordsPerSecond - (performance.now() - begunAt);
        if (earlyMs > 0) await delay(Math.ceil(earlyMs), undefined, { signal: stage.signal });
        if (failures?.stage === name && failures.at === index + 1 && ctx.attempt <= failures.times) {
          throw new TaskError('FAILED_ON_PURPOSE', `failed on purpose at word ${failures.at}`);
        }
        const word = `${WORDS[index % WORDS.length] ?? ''} `;
        characters += word.length;
        await stage.token(word);
        await stage.progress(index + 1, words);
      }
      return { words, characters };
    });
  await write('draft');
  return write('polish');
});

/** The handler of `countTask`. */
export const countUsually: Handler<typeof countTask> = async (ctx, { to, everyMs, failures }) =>
  ctx.stage('count', async (stage) => {
    for (let number = 1; number <= to; number += 1) {
      await delay(everyMs, undefined, { signal: stage.signal });
      if (failures?.at === number && ctx.attempt <= failures.times) {
        throw new TaskError('FAILED_ON_PURPOSE', `failed on purpose at ${number}`);
      }
      await stage.progress(number, to, String(number));
    }
    return { counted: to };
  });

const readFile = handle(readTask, async (ctx, { file }) => {
  const content = await ctx.stage('index', async () => (await ctx.openUpload(file)).bytes());
  return { bytes: content.byteLength };
});

/** The handlers of the tests' workers. */
export const testHandlers = [
  handle(countTask, countUsually),
  writeText,
  readFile,
  handle(burnTask, { thread: new URL('./burn-thread.ts', import.meta.url) }),
] as const;
