import * as z from 'zod';
import { taskStateSchema, logLineSchema, stageStateSchema, type TaskState } from './state.ts';

function orUndefined<Schema extends z.ZodType>(schema: Schema) {
  return schema.optional().catch(undefined);
}

/** An array without the items that do not fit. */
function readableItems<Item extends z.ZodType>(item: Item) {
  return z.array(z.unknown()).transform((items) => items.flatMap((each) => item.safeParse(each).data ?? []));
}

const { shape } = taskStateSchema;

/** Every field of a state that is readable by itself. */
const partsSchema = z
  .object({
    taskId: orUndefined(shape.taskId),
    projectId: orUndefined(shape.projectId),
    kind: orUndefined(shape.kind),
    status: orUndefined(shape.status),
    attempt: orUndefined(shape.attempt),
    priority: orUndefined(shape.priority),
    percent: orUndefined(shape.percent),
    stages: orUndefined(readableItems(stageStateSchema)),
    logs: orUndefined(readableItems(logLineSchema)),
    channels: orUndefined(shape.channels),
    channelCounts: orUndefined(shape.channelCounts),
    unreadableChannels: orUndefined(shape.unreadableChannels),
    workerId: orUndefined(shape.workerId),
    eta: orUndefined(shape.eta),
    error: orUndefined(shape.error),
    retryDelayMs: orUndefined(shape.retryDelayMs),
    waiting: orUndefined(shape.waiting),
    canceledReason: orUndefined(shape.canceledReason),
    output: orUndefined(z.unknown()),
    unreadableOutput: orUndefined(z.unknown()),
    queuedAt: orUndefined(shape.queuedAt),
    startedAt: orUndefined(shape.startedAt),
    updatedAt: orUndefined(shape.updatedAt),
    endedAt: orUndefined(shape.endedAt),
  })
  .catch({});

/**
 * Reads a stored or sent state. If this version cannot read the whole, it keeps every part that it can read. The other
 * parts come from `fallback`, and the state is marked `incomplete`.
 */
export function readState(value: unknown, fallback: TaskState): TaskState {
  const whole = taskStateSchema.safeParse(value);
  if (whole.success) return whole.data;
  const parts = Object.entries(partsSchema.parse(value)).filter(([, part]) => part !== undefined);
  const read = taskStateSchema.safeParse({ ...fallback, ...Object.fromEntries(parts), incomplete: true });
  return read.data ?? { ...fallback, incomplete: true };
}
