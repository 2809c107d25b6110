import * as z from 'zod';
import { callerProcedure } from '../../trpc.ts';
import { deleteProject } from '../../use-cases/delete-project.ts';
import { requireOwned } from '../../use-cases/require-owned.ts';

/** Deletes a project with all its tasks. CONFLICT while one of them has not ended. May be repeated if it is interrupted. */
export const deleteOne = callerProcedure.input(z.object({ projectId: z.uuid() })).mutation(async ({ ctx, input }) => {
  const project = requireOwned(ctx.caller, await ctx.ports.projects.find(input.projectId), 'project');
  await deleteProject(ctx.ports, project);
  return { projectId: project.projectId };
});
