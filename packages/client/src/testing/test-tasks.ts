import { defineTask, latest, list, upload } from '@taskwire/tasks';
import * as z from 'zod';

/** The task that the fake server's tests count with. */
export const countTask = defineTask({
  kind: 'demo.count',
  input: z.object({ to: z.int().min(1).default(10), everyMs: z.int().default(500) }),
  output: z.object({ counted: z.int() }),
  stages: [{ name: 'count', weight: 1 }],
});

/** A task that takes a file. */
export const ingestTask = defineTask({
  kind: 'document.ingest',
  input: z.object({ uploadId: upload(), chunkSize: z.int().default(1_200) }),
  output: z.object({ pages: z.int() }),
  stages: [{ name: 'parse', weight: 1 }],
});

/** A task with channels. */
export const resizeTask = defineTask({
  kind: 'image.resize',
  input: z.object({
    image: upload({ accept: ['image/png', 'image/jpeg'] }),
    widths: z.array(z.int().positive()).min(1),
  }),
  output: z.object({ files: z.array(z.string()) }),
  stages: [
    { name: 'decode', weight: 1 },
    { name: 'resize', weight: 4, result: z.object({ files: z.array(z.string()) }) },
  ],
  channels: { preview: latest(z.object({ width: z.int(), url: z.string() })), notes: list(z.string(), { keep: 100 }) },
});
