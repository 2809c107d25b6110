import type { Handler } from '../context/handler.ts';
import { TaskError } from '../task-error.ts';
import type { sendingTask } from './sending-task.ts';

/** Sends the notes by index, so that a later attempt sends them again; a preview for each; and a note that is refused. */
export const send: Handler<typeof sendingTask> = async (ctx, { notes, failsAt }) => {
  await ctx.stage('send', async () => {
    for (let index = 0; index < notes; index += 1) {
      if (index === failsAt && ctx.attempt === 1) throw new TaskError('FAILED_ON_PURPOSE', 'failed on purpose');
      await ctx.channel('notes').send(`note ${index}`, { index });
      await ctx.channel('preview').send({ width: index });
    }
  });
  const refused: unknown = await ctx
    .channel('notes')
    .send('\0')
    .catch((error: unknown) => error);
  await ctx.channel('notes').send('the end');
  return { refused: refused instanceof TypeError ? refused.message : 'it was not refused' };
};
