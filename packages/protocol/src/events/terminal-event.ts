import type { TaskEvent, TaskEventType } from './event.ts';

export const TERMINAL_EVENT_TYPES = ['done', 'error', 'canceled'] as const satisfies readonly TaskEventType[];
export type TerminalEventType = (typeof TERMINAL_EVENT_TYPES)[number];

/** Time (seconds) for which an ended task's log stays in Redis, so that a watcher that was away can read each event. */
export const ENDED_LOG_KEPT_SECONDS = 24 * 60 * 60;

/** Whether an event of this type is the last of its log. */
export function isTerminalEventType(type: string): type is TerminalEventType {
  return TERMINAL_EVENT_TYPES.some((terminal) => terminal === type);
}

/**
 * The type with which an event ends its task; undefined for every other event. An `unreadable` event counts by its
 * `originalType`.
 */
export function terminalTypeOf(event: TaskEvent): TerminalEventType | undefined {
  const type = event.type === 'unreadable' ? (event.originalType ?? '') : event.type;
  return isTerminalEventType(type) ? type : undefined;
}
