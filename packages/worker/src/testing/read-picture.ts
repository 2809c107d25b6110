import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import type { TaskOutput } from '@taskwire/tasks';
import type { Handler } from '../context/handler.ts';
import type { pictureTask } from './picture-task.ts';

/** The handler of `test.picture`. */
export const readPicture: Handler<typeof pictureTask> = (ctx, { image }) =>
  ctx.stage('read', async (): Promise<TaskOutput<typeof pictureTask>> => {
    const upload = await ctx.openUpload(image);
    const all = await upload.bytes();
    const streamed = await buffer(upload.stream());
    const file = await readFile(await upload.path());
    return { mediaType: upload.mediaType, lengths: [all.length, streamed.length, file.length] };
  });
