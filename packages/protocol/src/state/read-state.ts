import { Schema, anything, listOf, object, recoverable } from '../schemas/index.ts';
import { taskStateSchema, logLineSchema, stageStateSchema, type TaskState } from './state.ts';

/** A list without the items that do not fit. */
function readableItems<Item>(item: Schema<Item>): Schema<Item[]> {
  const any = listOf(anything);
  return new Schema((value) => (any.safeParse(value).data ?? []).flatMap((each) => item.safeParse(each).data ?? []));
}

const { shape } = taskStateSchema;

/** Every field of a state that is readable by itself. */
const partsSchema = object({
  taskId: recoverable(shape.taskId),
  projectId: recoverable(shape.projectId),
  kind: recoverable(shape.kind),
  status: recoverable(shape.status),
  attempt: recoverable(shape.attempt),
  priority: recoverable(shape.priority),
  percent: recoverable(shape.percent),
  stages: recoverable(readableItems(stageStateSchema)),
  logs: recoverable(readableItems(logLineSchema)),
  channels: recoverable(shape.channels),
  channelCounts: recoverable(shape.channelCounts),
  unreadableChannels: recoverable(shape.unreadableChannels),
  workerId: recoverable(shape.workerId),
  eta: recoverable(shape.eta),
  error: recoverable(shape.error),
  retryDelayMs: recoverable(shape.retryDelayMs),
  waiting: recoverable(shape.waiting),
  canceledReason: recoverable(shape.canceledReason),
  output: recoverable(anything),
  unreadableOutput: recoverable(anything),
  queuedAt: recoverable(shape.queuedAt),
  startedAt: recoverable(shape.startedAt),
  updatedAt: recoverable(shape.updatedAt),
  endedAt: recoverable(shape.endedAt),
});

/**
 * Reads a stored or sent state. If this version cannot read the whole, it keeps every part that it can read. The other
 * parts come from `fallback`, and the state is marked `incomplete`.
 */
export function readState(value: unknown, fallback: TaskState): TaskState {
  const whole = taskStateSchema.safeParse(value);
  if (whole.success) return whole.data;
  const parts = Object.entries(partsSchema.safeParse(value).data ?? {}).filter(([, part]) => part !== undefined);
  const read = taskStateSchema.safeParse({ ...fallback, ...Object.fromEntries(parts), incomplete: true });
  return read.data ?? { ...fallback, incomplete: true };
}
