import { TaskwireError } from '@taskwire/protocol';
import * as z from 'zod';
import { callerProcedure } from '../../trpc.ts';
import { toProject } from './view.ts';

/** Creates a project; names are unique among one owner's projects. */
export const create = callerProcedure
  .input(z.object({ name: z.string().trim().min(1).max(100) }))
  .mutation(async ({ ctx, input }) => {
    const project = await ctx.ports.projects.create({ ownerId: ctx.caller.userId, name: input.name });
    if (project !== undefined) return toProject(project);
    throw new TaskwireError('CONFLICT', 'name: you have a project of this name', {
      fields: [{ path: 'name', message: 'choose another name' }],
    });
  });
