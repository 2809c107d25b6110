import { defineTask, upload } from '@taskwire/tasks';
import * as z from 'zod';

/** Reads a picture by every way that there is. */
export const pictureTask = defineTask({
  kind: 'test.picture',
  input: z.object({ image: upload({ accept: ['image/png'] }) }),
  output: z.object({ mediaType: z.string(), lengths: z.array(z.int()) }),
  stages: [{ name: 'read', weight: 1 }],
  retry: { attempts: 3, backoffMs: 10 },
});
