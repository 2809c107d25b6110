import { dataDraftSchema } from './data-event.ts';
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
import { variants, type SchemaValue } from '../schemas/index.ts';
import { findTextProblem } from '../texts/storable-text.ts';

/** Fields that the log and the writer's handle add to a draft. */
const ADDED = ['taskId', 'projectId', 'seq', 'attempt', 'at'] as const;

const draftSchema = variants({
  queued: queuedEventSchema.omit(...ADDED),
  started: startedEventSchema.omit(...ADDED),
  stage: stageEventSchema.omit(...ADDED),
  progress: progressEventSchema.omit(...ADDED, 'fromSeq'),
  token: tokenEventSchema.omit(...ADDED, 'fromSeq'),
  log: logEventSchema.omit(...ADDED),
  data: dataDraftSchema,
  retrying: retryingEventSchema.omit(...ADDED),
  canceling: cancelingEventSchema.omit(...ADDED),
  done: doneEventSchema.omit(...ADDED),
  error: errorEventSchema.omit(...ADDED),
  canceled: canceledEventSchema.omit(...ADDED),
});

/** Escapes in the JSON of every text that cannot be stored; rare in other texts. */
const SUSPECT = /\\u(?:0000|d[89a-f])/;

/**
 * The JSON of an event that a writer appends. This last check keeps entries that readers cannot read out of every log.
 * @throws TypeError naming the field.
 */
export function encodeDraft(draft: TaskEventDraft, address: { taskId: string; projectId: string }): string {
  const checked = draftSchema.safeParse(draft);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    throw new TypeError(`${placeOf(draft)}${issue.path.join('.')}: ${issue.message}`);
  }
  const json = toJson({ taskId: address.taskId, projectId: address.projectId, ...checked.data });
  const free = freeField(checked.data);
  // JSON leaves out some values, such as a function.
  if (free !== undefined && !(free in JSON.parse(json))) throw new TypeError(`${placeOf(draft)}${free}: is missing`);
  const problem = SUSPECT.test(json) ? findTextProblem(JSON.parse(json)) : undefined;
  if (problem !== undefined) throw new TypeError(`${placeOf(draft)}${problem.path}: ${problem.message}`);
  return json;
}

/** The required field that may hold any JSON. */
function freeField(draft: SchemaValue<typeof draftSchema>): 'output' | 'value' | undefined {
  if (draft.type === 'done') return 'output';
  return draft.type === 'data' && 'value' in draft ? 'value' : undefined;
}

function toJson(event: { type: string; [field: string]: unknown }): string {
  try {
    return JSON.stringify(event);
  } catch (cause) {
    throw new TypeError(`${event.type}: it holds a value that JSON cannot hold`, { cause });
  }
}

function placeOf({ type }: TaskEventDraft): string {
  return typeof type === 'string' ? `${type}.` : '';
}
