import { RECORD_KEPT_SECONDS, RECORD_PREFIX, RUNS_PREFIX, WORKER_PREFIX } from './keys.ts';

/** Time (s) for which a silent worker stays known. */
const WORKER_KEPT_SECONDS = 24 * 60 * 60;

/** First number of the TAKE script's answer. */
export const TAKE_STATUS = {
  TAKEN: 1,
  /** The delivery's lock is gone: another delivery has the job. */
  LOST: -1,
  /** A living worker runs the task. */
  ELSEWHERE: -2,
  /** A worker that ran the task sends no heartbeats, but not for long enough to be silent. */
  UNDECIDED: -3,
  /** The delay before the next try is not over. */
  EARLY: -4,
  /** The task must run alone, and the process runs others. */
  BUSY: -5,
} as const;

const SHARED = `
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local function whole(number) return string.format('%.0f', number) end
local function record_of(task) return '${RECORD_PREFIX}' .. task end
local function runs_of(worker) return '${RUNS_PREFIX}' .. worker end

-- The time since which heartbeats arrive without a pause. Silence before it says nothing about a worker.
local function resumed_at(heartbeats, key, outage)
  -- If the clock was set back, a dead worker's last heartbeat lies in the future and must not count as a sign of life.
  for _, worker in ipairs(redis.call('ZRANGEBYSCORE', heartbeats, '(' .. whole(now), '+inf')) do
    redis.call('ZADD', heartbeats, whole(now), worker)
  end
  if tonumber(redis.call('GET', key) or 0) > now then redis.call('SET', key, whole(now)) end
  local latest = redis.call('ZREVRANGE', heartbeats, 0, 0, 'WITHSCORES')[2]
  if latest and now - tonumber(latest) <= outage then return tonumber(redis.call('GET', key) or 0) end
  redis.call('SET', key, whole(now))
  return now
end
`;

/**
 * A worker's heartbeat.
 *
 * KEYS[1] heartbeats · [2] resumed
 * ARGV[1] workerId · [2] version · [3] kinds · [4] startedAt · [5] outage (ms) · [6…] tasks that it runs
 */
export const HEARTBEAT_SCRIPT = `${SHARED}
resumed_at(KEYS[1], KEYS[2], tonumber(ARGV[5]))
local worker, runs = '${WORKER_PREFIX}' .. ARGV[1], runs_of(ARGV[1])
redis.call('ZADD', KEYS[1], whole(now), ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', whole(now - ${WORKER_KEPT_SECONDS} * 1000))
redis.call('HSET', worker, 'version', ARGV[2], 'kinds', ARGV[3], 'startedAt', ARGV[4])
redis.call('EXPIRE', worker, ${WORKER_KEPT_SECONDS})
redis.call('DEL', runs)
for i = 6, #ARGV do redis.call('SADD', runs, ARGV[i]) end
redis.call('EXPIRE', runs, ${WORKER_KEPT_SECONDS})
return 1
`;

/**
 * Judges the workers that had a task, and records that this worker runs it now. Every task of a silent worker is charged
 * with its death: \`alone\` if the worker ran only that task, else \`shared\`. The charge is dropped when the worker's
 * heartbeats return.
 *
 * KEYS[1] record of the task · [2] heartbeats · [3] resumed · [4] lock of the job
 * ARGV[1] workerId · [2] taskId · [3] token of the lock · [4] lock (ms) · [5] silent (ms) · [6] outage (ms)
 * ARGV[7] 1 if nothing else runs in the process
 *
 * Returns { status (TAKE_STATUS), certain deaths, 1 if the task must run alone, failures, number }. The number is the wait
 * (ms) for UNDECIDED and EARLY, else the number of consecutive deliveries that did not run the task.
 */
export const TAKE_SCRIPT = `${SHARED}
local record, task, me = KEYS[1], ARGV[2], ARGV[1]
local silent = tonumber(ARGV[5])
if redis.call('GET', KEYS[4]) ~= ARGV[3] then return { ${TAKE_STATUS.LOST}, 0, 0, 0, 0 } end
redis.call('PEXPIRE', KEYS[4], ARGV[4])
local resumed = resumed_at(KEYS[2], KEYS[3], tonumber(ARGV[6]))

local function charge(worker)
  -- The last heartbeat may name a task whose run had just ended. The task's record shows that.
  local members = {}
  for _, member in ipairs(redis.call('SMEMBERS', runs_of(worker))) do
    if redis.call('HEXISTS', record_of(member), 'run:' .. worker) == 1 then members[#members + 1] = member end
  end
  local verdict = 'shared'
  if #members == 1 and members[1] == task then verdict = 'alone' end
  for _, member in ipairs(members) do
    if redis.call('HGET', record_of(member), 'run:' .. worker) == 'running' then
      redis.call('HSET', record_of(member), 'run:' .. worker, verdict)
    end
  end
  redis.call('HSET', record, 'run:' .. worker, verdict)
  return verdict
end

local deaths, suspect, elsewhere, undecided = 0, 0, false, 0
local fields = redis.call('HGETALL', record)
for i = 1, #fields, 2 do
  local worker, verdict = string.match(fields[i], '^run:(.*)$'), fields[i + 1]
  if worker == me then
    redis.call('HDEL', record, fields[i])
  elseif worker then
    local heartbeat = tonumber(redis.call('ZSCORE', KEYS[2], worker) or 0)
    if now - heartbeat <= silent then
      if redis.call('SISMEMBER', runs_of(worker), task) == 1 then
        redis.call('HSET', record, fields[i], 'running')
        elsewhere = true
      else
        redis.call('HDEL', record, fields[i])
      end
    elseif now - math.max(heartbeat, resumed) <= silent then
      undecided = math.max(undecided, silent - (now - math.max(heartbeat, resumed)) + 1)
    else
      if verdict == 'running' then verdict = charge(worker) end
      if verdict == 'alone' then deaths = deaths + 1 end
      suspect = 1
    end
  end
end

local failures = tonumber(redis.call('HGET', record, 'failures') or 0)
local function answer(status, number) return { status, deaths, suspect, failures, number } end
local function wait(status)
  local waits = redis.call('HINCRBY', record, 'waits', 1)
  redis.call('EXPIRE', record, ${RECORD_KEPT_SECONDS})
  return answer(status, waits)
end
if elsewhere then return wait(${TAKE_STATUS.ELSEWHERE}) end
if undecided > 0 then return answer(${TAKE_STATUS.UNDECIDED}, undecided) end
local early = tonumber(redis.call('HGET', record, 'notBefore') or 0) - now
-- If the clock was set back, the delay begins anew.
local longest = tonumber(redis.call('HGET', record, 'delay') or early)
if early > longest then
  early = longest
  redis.call('HSET', record, 'notBefore', whole(now + early))
end
if early > 0 then return answer(${TAKE_STATUS.EARLY}, early) end
if suspect == 1 and ARGV[7] ~= '1' then return wait(${TAKE_STATUS.BUSY}) end
redis.call('HSET', record, 'run:' .. me, 'running')
redis.call('EXPIRE', record, ${RECORD_KEPT_SECONDS})
redis.call('SADD', runs_of(me), task)
redis.call('EXPIRE', runs_of(me), ${WORKER_KEPT_SECONDS})
return answer(${TAKE_STATUS.TAKEN}, tonumber(redis.call('HGET', record, 'waits') or 0))
`;

/**
 * Records the end of a run. May be repeated.
 *
 * KEYS[1] record of the task
 * ARGV[1] workerId · [2] taskId · [3] outcome (JobOutcome) · [4] delay (ms) before the next try · [5] 1 if it ran alone
 *
 * Returns the number of consecutive deliveries that did not run the task.
 */
export const END_SCRIPT = `${SHARED}
local record, outcome = KEYS[1], ARGV[3]
redis.call('SREM', runs_of(ARGV[1]), ARGV[2])
local first = redis.call('HDEL', record, 'run:' .. ARGV[1]) == 1
if outcome == 'finished' then
  redis.call('DEL', record)
  return 0
end
if first and outcome == 'later' then redis.call('HINCRBY', record, 'waits', 1) end
if first and outcome == 'retry' then
  redis.call('HINCRBY', record, 'failures', 1)
  redis.call('HSET', record, 'notBefore', whole(now + tonumber(ARGV[4])), 'delay', ARGV[4])
  if ARGV[5] == '1' then
    local fields = redis.call('HGETALL', record)
    for i = 1, #fields, 2 do
      if fields[i + 1] == 'shared' then redis.call('HDEL', record, fields[i]) end
    end
  end
end
if outcome == 'retry' or outcome == 'hand-over' then redis.call('HDEL', record, 'waits', 'said') end
redis.call('EXPIRE', record, ${RECORD_KEPT_SECONDS})
return tonumber(redis.call('HGET', record, 'waits') or 0)
`;

/**
 * Ends a worker in order. Its tasks are charged with no death.
 *
 * KEYS[1] heartbeats
 * ARGV[1] workerId
 */
export const LEAVE_SCRIPT = `${SHARED}
for _, task in ipairs(redis.call('SMEMBERS', runs_of(ARGV[1]))) do
  redis.call('HDEL', record_of(task), 'run:' .. ARGV[1])
end
redis.call('DEL', runs_of(ARGV[1]), '${WORKER_PREFIX}' .. ARGV[1])
redis.call('ZREM', KEYS[1], ARGV[1])
return 1
`;
