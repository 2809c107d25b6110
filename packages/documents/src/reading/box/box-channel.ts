// The constants of the channel between a box and its parent. They are separate from the message schemas, so that the
// box's process starts without a schema library.

/** The message that asks a box for one more batch of items. */
export const NEXT_BATCH = 'next';

/** Batches that a box may prepare before they are taken. */
export const READ_AHEAD = 2;

/** The limits that the box's watchdog enforces. */
export const WATCHED_LIMITS = ['memoryMiB', 'cpuSeconds', 'pageCpuSeconds'] as const;

/** Start of the line on standard error by which a box names the exceeded limit. */
export const LIMIT_MARK = 'taskwire-limit:';
