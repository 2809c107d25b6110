import type { StoredProject } from '../../ports/project-store.ts';
import { TaskwireError } from '@taskwire/protocol';
import * as z from 'zod';
import { callerProcedure } from '../../trpc.ts';
import { pageInput, parseListCursor, toPage } from '../../use-cases/list-position.ts';
import { deleteProject } from '../../use-cases/deleting/delete-project.ts';
import { requireOwned } from '../../use-cases/require-owned.ts';

/** A project as its owner sees it. `createdAt` is milliseconds since 1970. */
export type Project = Omit<StoredProject, 'ownerId'>;

/** A stored project as its owner sees it. */
export function toProject({ ownerId: _ownerId, ...project }: StoredProject): Project {
  return project;
}

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

/** The projects of the caller, newest first, a page at a time. */
export const list = callerProcedure.input(z.object(pageInput)).query(async ({ ctx, input }) => {
  const after = parseListCursor(input.cursor);
  const query = { ownerId: ctx.caller.userId, limit: input.limit + 1 };
  const projects = await ctx.ports.projects.list(after === undefined ? query : { ...query, after });
  return toPage(projects, input.limit, {
    view: toProject,
    position: (project) => ({ createdAt: project.createdAt, id: project.projectId }),
  });
});

/** Deletes a project with all its tasks. CONFLICT while one of them has not ended. May be repeated if it is interrupted. */
export const deleteOne = callerProcedure.input(z.object({ projectId: z.uuid() })).mutation(async ({ ctx, input }) => {
  const project = requireOwned(ctx.caller, await ctx.ports.projects.find(input.projectId), 'project');
  await deleteProject(ctx.ports, project);
  return { projectId: project.projectId };
});
