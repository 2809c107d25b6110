import * as z from 'zod';
import { defineTask } from '../define-task.ts';
import { upload } from '../upload.ts';

/** Reads an uploaded document, cuts it into chunks and makes them searchable. */
export const documentIngest = defineTask({
  kind: 'document.ingest',
  summary: 'Read a document (PDF, Markdown, HTML or plain text) and make it searchable',
  input: z.object({
    /** What `POST /api/v1/uploads` answered. */
    uploadId: upload({ accept: ['application/pdf', 'text/markdown', 'text/html', 'text/plain'] }),
    /** Aimed-at length of a chunk, in characters. */
    chunkSize: z.int().min(200).max(8_000).default(1_200),
  }),
  output: z.object({
    fileName: z.string(),
    mediaType: z.string(),
    pages: z.int().nonnegative(),
    chunks: z.int().nonnegative(),
    characters: z.int().nonnegative(),
  }),
  stages: [
    {
      name: 'parse',
      weight: 6,
      result: z.object({
        pages: z.int().nonnegative(),
        characters: z.int().nonnegative(),
        sections: z.int().nonnegative(),
      }),
    },
    { name: 'chunk', weight: 1, result: z.object({ chunks: z.int().nonnegative() }) },
    { name: 'index', weight: 3 },
  ],
});
