import { ENDED_LOG_KEPT_SECONDS } from '@taskwire/protocol';

/**
 * Removes the log of a deleted task. For a day its meta hash stays and says that the log has ended. So a delayed write, of
 * an `open` or of an attempt that seemed dead, is refused: it must not begin a log of a task that is gone.
 *
 * KEYS[1] log · [2] meta · [3] base · [4] tasks of the project's topic
 * ARGV[1] taskId
 *
 * Returns nothing.
 */
export const REMOVE_SCRIPT = `
local seq = redis.call('HGET', KEYS[2], 'seq') or '0'
redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
redis.call('HSET', KEYS[2], 'seq', seq, 'ended', 1)
redis.call('EXPIRE', KEYS[2], ${ENDED_LOG_KEPT_SECONDS})
redis.call('HDEL', KEYS[4], ARGV[1])
return false
`;
