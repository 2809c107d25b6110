import * as z from 'zod';
import {
  canceledEventSchema,
  cancelingEventSchema,
  doneEventSchema,
  errorEventSchema,
  logEventSchema,
  progressEventSchema,
  queuedEventSchema,
  retryingEventSchema,
  stageEventSchema,
  startedEventSchema,
  tokenEventSchema,
  type TaskEventDraft,
} from './event.ts';
import { findTextProblem } from '../texts/storable-text.ts';

/** The log adds these to a draft. */
const ADDED = { taskId: true, projectId: true, seq: true, attempt: true, at: true } as const;

const draftSchema = z.discriminatedUnion('type', [
  queuedEventSchema.omit(ADDED),
  startedEventSchema.omit(ADDED),
  stageEventSchema.omit(ADDED),
  progressEventSchema.omit({ ...ADDED, fromSeq: true }),
  tokenEventSchema.omit({ ...ADDED, fromSeq: true }),
  logEventSchema.omit(ADDED),
  retryingEventSchema.omit(ADDED),
  cancelingEventSchema.omit(ADDED),
  doneEventSchema.omit(ADDED),
  errorEventSchema.omit(ADDED),
  canceledEventSchema.omit(ADDED),
]);

/** Shows up in the JSON of every text that cannot be stored, and seldom in any other. */
const SUSPECT = /\\u(?:0000|d[89a-f])/;

/**
 * An event on its way into a log, as JSON: the last check of a writer, so that no log holds an entry that readers cannot
 * read. @throws TypeError naming the field.
 */
export function encodeDraft(draft: TaskEventDraft, address: { taskId: string; projectId: string }): string {
  const checked = draftSchema.safeParse(draft);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    throw new TypeError(`${placeOf(draft)}${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'does not fit'}`);
  }
  const json = toJson({ taskId: address.taskId, projectId: address.projectId, ...checked.data });
  // An output may be something that JSON leaves out.
  if (checked.data.type === 'done' && !('output' in JSON.parse(json))) throw new TypeError('done.output: is missing');
  const problem = SUSPECT.test(json) ? findTextProblem(JSON.parse(json)) : undefined;
  if (problem !== undefined) throw new TypeError(`${placeOf(draft)}${problem.path}: ${problem.message}`);
  return json;
}

function toJson(event: { type: string; [field: string]: unknown }): string {
  try {
    return JSON.stringify(event);
  } catch (cause) {
    throw new TypeError(`${event.type}: it holds something that JSON cannot hold`, { cause });
  }
}

function placeOf({ type }: TaskEventDraft): string {
  return typeof type === 'string' ? `${type}.` : '';
}
