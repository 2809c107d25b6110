// Field names as they are stored in Redis. Processes of older versions read them too: a stored name never changes.

/** Field of a log's meta hash: the log's epoch. */
export const EPOCH_FIELD = 'life';

/** Field of a log's meta hash: the time (ms since 1970) at which a progress of the task was last relayed. */
export const PROGRESS_RELAYED_AT_FIELD = 'told';

/** Field of a topic's entry: the indexes (from 1, separated by commas) of the events that the owner's topic gets. */
export const RELAY_INDEXES_FIELD = 'told';
