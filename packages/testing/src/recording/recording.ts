import { taskEventSchema, type TaskEvent, type TaskEventDraft } from '@taskwire/protocol';
import * as z from 'zod';

const recordedEventSchema = z.object({
  /** Time (ms) from the event before it. */
  afterMs: z.number().nonnegative(),
  event: z.unknown().transform((value, context): TaskEvent => {
    const read = taskEventSchema.safeParse(value);
    if (read.success) return read.data;
    context.addIssue({ code: 'custom', message: 'is not an event' });
    return z.NEVER;
  }),
});

/** Schema of a recording: for one that comes from a file. */
export const recordingSchema = z.object({
  version: z.literal(1),
  kind: z.string(),
  events: z
    .array(recordedEventSchema)
    .refine(([first]) => first?.event.type === 'queued', 'does not begin with `queued`'),
});

/** The events of a real task with the times between them, as JSON holds them: for a file beside a test. */
export type Recording = z.output<typeof recordingSchema>;

/** The event without what the log of another task adds to it; undefined for an event that cannot be written again. */
export function draftOf(event: TaskEvent): TaskEventDraft | undefined {
  if (event.type === 'unreadable') return undefined;
  const { taskId: _taskId, projectId: _projectId, seq: _seq, attempt: _attempt, at: _at, ...draft } = event;
  if (!('fromSeq' in draft)) return draft;
  const { fromSeq: _fromSeq, ...rest } = draft;
  return rest;
}
