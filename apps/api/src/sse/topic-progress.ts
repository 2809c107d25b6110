import { TaskwireError } from '@taskwire/protocol';
import { fieldErrors, requireOwned, topicFilterSchema, type TopicFilter } from '@taskwire/router';
import type { Request } from 'express';
import * as z from 'zod';
import type { EventStreamDependencies, FindWatch } from './answer-stream.ts';

/** The same messages as `task.onAny`: all tasks of the caller's. */
export const anyProgress: FindWatch = (_request, { caller, cursor }) =>
  Promise.resolve({ topic: { ownerId: caller.userId }, filter: undefined, cursor });

/**
 * The same messages as `project.onProgress`, for the project in the address; `?stages=a,b&types=x,y` filters. Where the
 * address names a stage it is the only one.
 */
export function projectProgress({ ports }: EventStreamDependencies): FindWatch {
  return async (request, { caller, cursor }) => {
    const filter = filterOf(request);
    const projectId = z.uuid().safeParse(request.params['projectId']).data;
    const found = projectId === undefined ? undefined : await ports.projects.find(projectId);
    const project = requireOwned(caller, found, 'project');
    return { topic: { projectId: project.projectId }, filter, cursor };
  };
}

/** @throws TaskwireError INVALID_INPUT, naming `stages` or `types`. */
function filterOf(request: Request): TopicFilter {
  const { stage } = request.params;
  const { stages, types } = request.query;
  if (stage !== undefined && stages !== undefined) {
    throw refused([{ path: 'stages', message: 'leave it out: the address names a stage' }]);
  }
  const parsed = topicFilterSchema.safeParse({
    ...(stages === undefined ? {} : { stages: namesIn(stages) }),
    ...(stage === undefined ? {} : { stages: [stage] }),
    ...(types === undefined ? {} : { types: namesIn(types) }),
  });
  if (parsed.success) return parsed.data;
  throw refused(fieldErrors(parsed.error));
}

/** `a,b`, or given several times; anything else is left for the schema to refuse. */
function namesIn(given: unknown): unknown {
  if (typeof given === 'string') return given.split(',');
  return Array.isArray(given) ? given.flatMap((each: unknown) => namesIn(each)) : given;
}

function refused(fields: { path: string; message: string }[]): TaskwireError {
  const message = fields.map((field) => `${field.path}: ${field.message}`).join('; ');
  return new TaskwireError('INVALID_INPUT', message, { fields });
}
