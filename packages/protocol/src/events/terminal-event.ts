/** How long (seconds) an ended task's log stays in Redis: watchers that were away can still have each event. */
export const ENDED_LOG_KEPT_SECONDS = 24 * 60 * 60;
