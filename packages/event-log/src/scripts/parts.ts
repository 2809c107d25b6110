import { ENDED_LOG_KEPT_SECONDS } from '@taskwire/protocol';
import { CANCEL_CHANNEL } from '../log/keys.ts';
import { EPOCH_FIELD, PROGRESS_RELAYED_AT_FIELD, RELAY_INDEXES_FIELD } from './stored-fields.ts';

/** Time (seconds) for which the seq of a topic without unfinished tasks is kept, so that cursors keep their meaning. */
const QUIET_TOPIC_KEPT_SECONDS = 30 * 24 * 60 * 60;
/** Approximate number of batches that a topic keeps. A watcher that is further behind gets the snapshot. */
export const TOPIC_BATCHES = 5_000;
/** Shortest time (ms) between two progress events of a task in the owner's topic. */
const PROGRESS_RELAYED_EVERY_MS = 1_000;

/**
 * The clock of Redis, one for all writers. A log whose earlier seqs are not known begins at `clock_seq`: ten times the
 * milliseconds, which no log reaches by counting. `whole` writes all digits of a number: Lua rounds to 14.
 */
export const CLOCK = `
local function whole(number) return string.format('%.0f', number) end
local time = redis.call('TIME')
local at = time[1] .. string.format('%03d', math.floor(tonumber(time[2]) / 1000))
local clock_seq = tonumber(at .. '0')
`;

/** `set_topic_expiry(log, meta, tasks)`: the topic expires if all its tasks have ended, and is kept otherwise. */
export const TOPIC_LIFETIME = `
local function set_topic_expiry(log, meta, tasks)
  if redis.call('HLEN', tasks) == 0 then
    redis.call('EXPIRE', log, ${ENDED_LOG_KEPT_SECONDS})
    redis.call('EXPIRE', meta, ${QUIET_TOPIC_KEPT_SECONDS})
  else
    redis.call('PERSIST', log)
    redis.call('PERSIST', meta)
  end
end
`;

/**
 * Writes events into a task's log and its project's topic, and publishes both. The task's id goes to the cancel channel with
 * `canceling`: the worker that runs the task then checks the task's log. An account may lack the right to that channel: the
 * refusal must not end the script between its writes. CLOCK, TOPIC_LIFETIME and SIGN must come before it.
 *
 * KEYS[1] log · [2] meta · [3] base · [4] topic log · [5] topic meta · [6] topic tasks
 * ARGV[1] channel · [2] channel of the topic · [3] taskId · [4] projectId · the last: see SIGN
 *
 * `write(meta, first)`:
 * - `meta` is a table with seq, attempt, batch, canceling, epoch, kind, status, percent, stage, progress_relayed_at, secret
 *   (if there is one), and creates_log (true if this write creates the log).
 * - From ARGV[first] on come four arguments an event: type · label (of queued: the kind; of stage and progress: the stage) ·
 *   percent (of progress) · the event as a JSON object without seq, attempt and at.
 * - It returns the number of events that the owner's topic gets. If the log is missing and not being created, it writes
 *   nothing and returns nil.
 */
export const WRITE = `
local STATUS_AFTER = { queued = 'queued', started = 'running', retrying = 'retrying' }
local RELAYED = { queued = 1, started = 1, retrying = 1, canceling = 1, done = 1, error = 1, canceled = 1 }
local TERMINAL = { done = 1, error = 1, canceled = 1 }

local function write(meta, first)
  local lines, relay_indexes, progress = {}, {}, nil
  local ended = false
  for i = first, #ARGV - 1, 4 do
    local type, label = ARGV[i], ARGV[i + 1]
    if not (type == 'canceling' and meta.canceling == 1) then
      meta.seq = meta.seq + 1
      local line = '{"seq":' .. whole(meta.seq) .. ',"attempt":' .. whole(meta.attempt) .. ',"at":' .. at .. ','
        .. string.sub(ARGV[i + 3], 2)
      if meta.creates_log then
        redis.call('XADD', KEYS[1], whole(meta.seq) .. '-0', 'event', line)
      elseif not redis.call('XADD', KEYS[1], 'NOMKSTREAM', whole(meta.seq) .. '-0', 'event', line) then
        return nil
      end
      lines[#lines + 1] = line
      if RELAYED[type] then relay_indexes[#relay_indexes + 1] = #lines end
      if STATUS_AFTER[type] then meta.status = STATUS_AFTER[type] end
      if type == 'canceling' then
        meta.canceling = 1
        redis.pcall('PUBLISH', '${CANCEL_CHANNEL}', ARGV[3])
      end
      if type == 'queued' then meta.kind = label end
      if type == 'stage' or type == 'progress' then meta.stage = label end
      if type == 'progress' then
        progress = #lines
        meta.percent = math.max(meta.percent, tonumber(ARGV[i + 2]))
      end
      if TERMINAL[type] then
        ended = true
        break
      end
    end
  end
  if progress and tonumber(at) - meta.progress_relayed_at >= ${PROGRESS_RELAYED_EVERY_MS} then
    relay_indexes[#relay_indexes + 1] = progress
    table.sort(relay_indexes)
    meta.progress_relayed_at = tonumber(at)
  end
  redis.call('HSET', KEYS[2], 'seq', whole(meta.seq), 'attempt', whole(meta.attempt), 'batch', whole(meta.batch),
    'canceling', meta.canceling, '${EPOCH_FIELD}', whole(meta.epoch), 'kind', meta.kind, 'status', meta.status,
    'percent', tostring(meta.percent), 'stage', meta.stage, '${PROGRESS_RELAYED_AT_FIELD}', whole(meta.progress_relayed_at))
  if ended then redis.call('HSET', KEYS[2], 'ended', 1) end
  if #lines == 0 then return 0 end

  local summary = ''
  if ended then
    redis.call('HDEL', KEYS[6], ARGV[3])
  else
    local status = meta.status
    if meta.canceling == 1 then status = 'canceling' end
    local stage = nil
    if meta.stage ~= '' then stage = meta.stage end
    summary = cjson.encode({ taskId = ARGV[3], projectId = ARGV[4], kind = meta.kind, status = status,
      attempt = meta.attempt, percent = meta.percent, stage = stage, taskSeq = meta.seq, updatedAt = tonumber(at) })
    redis.call('HSET', KEYS[6], ARGV[3], summary)
  end
  local topic = redis.call('HMGET', KEYS[5], 'seq', 'secret')
  local topic_seq = tonumber(topic[1] or clock_seq)
  local topic_first = whole(topic_seq + 1)
  topic_seq = topic_seq + #lines
  local events = table.concat(lines, '\\n')
  redis.call('HSET', KEYS[5], 'seq', whole(topic_seq))
  redis.call('XADD', KEYS[4], 'MAXLEN', '~', ${TOPIC_BATCHES}, whole(topic_seq) .. '-0', 'first', topic_first,
    'events', events, '${RELAY_INDEXES_FIELD}', table.concat(relay_indexes, ','), 'task', ARGV[3], 'summary', summary)
  if ended or meta.creates_log then set_topic_expiry(KEYS[4], KEYS[5], KEYS[6]) end
  publish(secret_in(KEYS[2], meta.secret), ARGV[1], '', events)
  publish(secret_in(KEYS[5], topic[2]), ARGV[2], topic_first .. '\\n', events)
  return #relay_indexes
end
`;
