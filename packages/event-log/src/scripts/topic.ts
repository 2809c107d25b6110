import { CLOCK, TOPIC_BATCHES, TOPIC_LIFETIME } from './parts.ts';
import { SIGN } from './sign.ts';

/**
 * Returns a topic's state at its last event, in one atomic step. It first restarts a topic that has lost its end: it
 * deletes the log, and moves the seq.
 *
 * KEYS[1] log · [2] meta · [3] tasks
 * ARGV[1] a seq that the topic has had, or 0: a topic that has not reached it has lost its end, and its seqs go on from the
 * clock, so that no cursor means two events
 *
 * Returns { seq, taskId, summary, taskId, summary, … }.
 */
export const TOPIC_SNAPSHOT_SCRIPT = `${CLOCK}${TOPIC_LIFETIME}
local seq = tonumber(redis.call('HGET', KEYS[2], 'seq') or 0)
if seq == 0 or seq < tonumber(ARGV[1]) then
  redis.call('DEL', KEYS[1])
  seq = math.max(clock_seq, seq + 1)
  redis.call('HSET', KEYS[2], 'seq', whole(seq))
  set_topic_expiry(KEYS[1], KEYS[2], KEYS[3])
end
local answer = redis.call('HGETALL', KEYS[3])
table.insert(answer, 1, whole(seq))
return answer
`;

/**
 * Relays events of a project's topic to its owner's topic, each once and in order. Several processes may relay at once: a
 * step only counts if it begins where the last one ended.
 *
 * KEYS[1] log · [2] meta · [3] tasks (of the owner's topic)
 * ARGV[1] channel · [2] projectId · [3] seq of the project's topic at which the last step ended, empty for the first
 *         step · [4] seq at which this step ends · [5] 1 if events in between are gone: then the seqs leap, and watchers get
 *         a gap · [6] number of events · [7…] the events
 * then pairs: taskId · its summary, empty if the task has ended · the last: see SIGN
 *
 * Returns an empty text if the step counts, or else the seq at which the last step ended.
 */
export const RELAY_SCRIPT = `${CLOCK}${TOPIC_LIFETIME}${SIGN}
local field = 'at:' .. ARGV[2]
local relayed = redis.call('HGET', KEYS[2], field) or ''
if relayed ~= ARGV[3] then return relayed end
redis.call('HSET', KEYS[2], field, ARGV[4])
local seq = tonumber(redis.call('HGET', KEYS[2], 'seq') or clock_seq)
if ARGV[5] == '1' then seq = math.max(clock_seq, seq + 1) end
local count = tonumber(ARGV[6])
for i = 7 + count, #ARGV - 1, 2 do
  if ARGV[i + 1] == '' then
    redis.call('HDEL', KEYS[3], ARGV[i])
  else
    redis.call('HSET', KEYS[3], ARGV[i], ARGV[i + 1])
  end
end
if count > 0 then
  local lines = {}
  for i = 7, 6 + count do lines[#lines + 1] = ARGV[i] end
  local first = whole(seq + 1)
  seq = seq + count
  local events = table.concat(lines, '\\n')
  redis.call('XADD', KEYS[1], 'MAXLEN', '~', ${TOPIC_BATCHES}, whole(seq) .. '-0', 'first', first, 'events', events)
  publish(secret_in(KEYS[2], redis.call('HGET', KEYS[2], 'secret')), ARGV[1], first .. '\\n', events)
end
redis.call('HSET', KEYS[2], 'seq', whole(seq))
set_topic_expiry(KEYS[1], KEYS[2], KEYS[3])
return ''
`;
