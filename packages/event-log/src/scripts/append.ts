import { CLOCK, TOPIC_LIFETIME, WRITE } from './parts.ts';
import { SIGN } from './sign.ts';
import { EPOCH_FIELD, PROGRESS_RELAYED_AT_FIELD } from './stored-fields.ts';

/**
 * Mode of an append. `open`: writes the first event. `claim`: a worker takes the task and begins a new attempt. `attempt`:
 * the worker of an attempt writes. `outside`: any other process writes (cancel), under the current attempt.
 */
export type AppendMode = 'open' | 'claim' | 'attempt' | 'outside';

/** First number of the script's answer. */
export const APPEND_STATUS = {
  WRITTEN: 1,
  ENDED: -1,
  SUPERSEDED: -2,
  NOT_EMPTY: -3,
  /** The log is missing, has lost its events, or lacks the claim of this attempt. */
  LOST: -4,
  /** An earlier batch is missing: it is still on its way, or lost. */
  AHEAD: -5,
} as const;

/**
 * Appends events to a log. It assigns the seq, appends and publishes in one atomic step (MUST 1), and holds the fence: an
 * attempt may write only while it is the current one (MUST 9), and no event follows the terminal one (MUST 7). Only WRITE
 * adds events to a log: this script and the restore script use it.
 *
 * KEYS, ARGV[1…4] and the last ARGV: see WRITE
 * ARGV[5] mode (see AppendMode) · ARGV[6] attempt (mode `attempt`; else 0)
 * ARGV[7] batch: 1, 2, 3, … within an attempt; 0 for the other modes. A batch that is sent again after a lost connection
 *         is not written twice. A batch whose predecessor is lost is not written at all
 * ARGV[8] epoch of the log that the attempt writes to (mode `attempt`; else 0): see the restore script
 * ARGV[9…] events: see WRITE
 *
 * Returns { status, seq of the log's last event, current attempt, 1 if a cancel was requested, epoch of the log, number of
 * events to relay to the owner's topic }.
 */
export const APPEND_SCRIPT = `${CLOCK}${TOPIC_LIFETIME}${SIGN}${WRITE}
local kept = redis.call('HMGET', KEYS[2], 'seq', 'attempt', 'batch', 'canceling', '${EPOCH_FIELD}', 'ended', 'kind', 'status',
  'percent', 'stage', '${PROGRESS_RELAYED_AT_FIELD}', 'secret')
local log_exists = kept[1]
local meta = {
  seq = tonumber(kept[1] or 0), attempt = tonumber(kept[2] or 0), batch = tonumber(kept[3] or 0),
  canceling = tonumber(kept[4] or 0), epoch = tonumber(kept[5] or 0), kind = kept[7] or '', status = kept[8] or 'queued',
  percent = tonumber(kept[9] or 0), stage = kept[10] or '', progress_relayed_at = tonumber(kept[11] or 0),
  secret = kept[12], ended = kept[6],
}
local mode = ARGV[5]
local attempt, batch, epoch = tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
local function answer(status, relay_count) return { status, meta.seq, meta.attempt, meta.canceling, meta.epoch, relay_count or 0 } end

if mode ~= 'open' and not log_exists then return answer(${APPEND_STATUS.LOST}) end
if mode == 'attempt' and (epoch ~= meta.epoch or attempt > meta.attempt) then return answer(${APPEND_STATUS.LOST}) end
if mode == 'attempt' and attempt == meta.attempt and batch <= meta.batch then return answer(${APPEND_STATUS.WRITTEN}) end
if meta.ended then return answer(${APPEND_STATUS.ENDED}) end
if mode == 'open' and log_exists then return answer(${APPEND_STATUS.NOT_EMPTY}) end
if mode == 'attempt' then
  if attempt < meta.attempt then return answer(${APPEND_STATUS.SUPERSEDED}) end
  if batch > meta.batch + 1 then return answer(${APPEND_STATUS.AHEAD}) end
  meta.batch = batch
end
if mode == 'claim' then
  meta.attempt = meta.attempt + 1
  meta.batch = 0
end
if mode == 'open' then meta.creates_log = true end
local relay_count = write(meta, 9)
if not relay_count then return answer(${APPEND_STATUS.LOST}) end
return answer(${APPEND_STATUS.WRITTEN}, relay_count)
`;
