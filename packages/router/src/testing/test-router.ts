import { defineTask, upload } from '@taskwire/tasks';
import * as z from 'zod';
import { createAppRouter } from '../app-router.ts';

const written = z.object({ words: z.int().nonnegative(), characters: z.int().nonnegative() });

/** Counts to a number. */
export const countTask = defineTask({
  kind: 'demo.count',
  summary: 'Count to a number, slowly',
  isDemo: true,
  input: z.object({
    to: z.int().min(1).max(100_000).default(10),
    everyMs: z.int().min(0).max(60_000).default(500),
    failures: z.exactOptional(z.object({ at: z.int().min(1), times: z.int().min(1).max(10) })),
  }),
  output: z.object({ counted: z.int() }),
  stages: [{ name: 'count', weight: 1 }],
});

/** Writes a text in two stages whose results are remembered. */
export const textTask = defineTask({
  kind: 'demo.text',
  summary: 'Write words one by one',
  isDemo: true,
  input: z.object({
    words: z.int().min(1).max(1_000_000).default(200),
    wordsPerSecond: z.int().min(1).max(100_000).default(20),
  }),
  output: written,
  stages: [
    { name: 'draft', weight: 1, result: written },
    { name: 'polish', weight: 1, result: written },
  ],
});

/** Media types of many formats. */
const accept = [
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.presentation',
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/epub+zip',
  'application/rtf',
  'message/rfc822',
  'text/csv',
  'text/tab-separated-values',
  'text/markdown',
  'text/html',
  'text/plain',
] as const;

/** Reads an upload. */
export const readTask = defineTask({
  kind: 'document.ingest',
  summary: 'Read a file',
  input: z.object({
    uploadId: upload({ accept }),
    chunkSize: z.int().min(200).max(8_000).default(1_200),
  }),
  output: z.object({ pages: z.int().nonnegative(), chunks: z.int().nonnegative() }),
  stages: [
    { name: 'parse', weight: 6, result: z.object({ pages: z.int().nonnegative() }) },
    { name: 'chunk', weight: 1, result: z.object({ chunks: z.int().nonnegative() }) },
    { name: 'index', weight: 3 },
  ],
});

/** The kinds of the tests of this package and of those above. */
export const testTasks = [countTask, textTask, readTask] as const;

/** The router of these kinds. */
export const testRouter = createAppRouter({ tasks: testTasks });
