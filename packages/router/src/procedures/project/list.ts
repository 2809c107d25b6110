import * as z from 'zod';
import { callerProcedure } from '../../trpc.ts';
import { pageInput, parseListCursor, toPage } from '../../use-cases/list-position.ts';
import { toProject } from './view.ts';

/** The caller's projects, newest first, a page at a time. */
export const list = callerProcedure.input(z.object(pageInput)).query(async ({ ctx, input }) => {
  const after = parseListCursor(input.cursor);
  const query = { ownerId: ctx.caller.userId, limit: input.limit + 1 };
  const projects = await ctx.ports.projects.list(after === undefined ? query : { ...query, after });
  return toPage(projects, input.limit, {
    view: toProject,
    position: (project) => ({ createdAt: project.createdAt, id: project.projectId }),
  });
});
