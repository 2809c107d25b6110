import { CLOCK, TOPIC_LIFETIME, WRITE } from './parts.ts';
import { SIGN } from './sign.ts';

/** The script's answer. */
export const RESTORE_STATUS = {
  RESTORED: 1,
  /** The log is there, and complete. */
  KEPT: 0,
  /** The log has changed since the state was folded from it: fold it again. */
  CHANGED: -1,
} as const;

/**
 * Begins a log anew that Redis has lost, wholly or in part (MUST 12). Redis may evict keys one by one: a log without its
 * events is lost, and so is an ended log without its last event. The seqs go on from the clock, beyond all that the log
 * may have had. The known state is kept as its base. The seq of the base is the log's *epoch*: the append script refuses
 * attempts of earlier epochs.
 *
 * KEYS, ARGV[1…4] and the last ARGV: see WRITE
 * ARGV[5] a seq that the log has had, or 0: a log that is not there, or has not reached it, is lost
 * ARGV[6] seq up to which the state was folded from the log in Redis, or 0 if there is none
 * ARGV[7] attempt · [8] 1 if a cancel was requested · [9] the state as JSON · [10] kind · [11] percent · [12] stage, or empty
 * ARGV[13] seq of that state: the log's seqs go on beyond it, also if the clock is behind
 * ARGV[14…] the first event: see WRITE
 *
 * Returns { status, number of events to relay to the owner's topic }.
 */
export const RESTORE_SCRIPT = `${CLOCK}${TOPIC_LIFETIME}${SIGN}${WRITE}
local kept = redis.call('HMGET', KEYS[2], 'seq', 'ended')
local known_seq = tonumber(kept[1] or 0)
local seq = 0
if kept[1] and redis.call('EXISTS', KEYS[1]) == 1 then seq = known_seq end
local whole_log = seq > 0 and seq >= tonumber(ARGV[5])
if seq > 0 and kept[2] then
  local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
  whole_log = last ~= nil and last[1] == whole(seq) .. '-0'
end
if whole_log then return { ${RESTORE_STATUS.KEPT}, 0 } end
if seq ~= tonumber(ARGV[6]) then return { ${RESTORE_STATUS.CHANGED}, 0 } end
local epoch = math.max(clock_seq, known_seq + 1, tonumber(ARGV[5]) + 1, tonumber(ARGV[13]) + 1)
redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
redis.call('SET', KEYS[3], '{"seq":' .. whole(epoch) .. ',"state":' .. ARGV[9] .. '}')
local relay_count = write({
  seq = epoch, epoch = epoch, attempt = tonumber(ARGV[7]), batch = 0, canceling = tonumber(ARGV[8]), kind = ARGV[10],
  status = 'queued', percent = tonumber(ARGV[11]), stage = ARGV[12], progress_relayed_at = 0, creates_log = true,
}, 14)
return { ${RESTORE_STATUS.RESTORED}, relay_count }
`;
