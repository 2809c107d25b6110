import type { Result } from 'ioredis';

declare module 'ioredis' {
  interface RedisCommander<Context> {
    taskwireAppend(
      log: string,
      meta: string,
      channel: string,
      mode: AppendMode,
      attempt: number,
      batch: number,
      ...events: string[]
    ): Result<unknown, Context>;
  }
}

/**
 * Who appends: `open` writes the first event; `claim` is a worker that takes the task and so begins a new attempt;
 * `attempt` is the worker of an attempt; `outside` is everybody else (cancel), under whatever attempt is current.
 */
export type AppendMode = 'open' | 'claim' | 'attempt' | 'outside';

/** First number of the script's answer. */
export const APPEND_STATUS = { WRITTEN: 1, ENDED: -1, SUPERSEDED: -2, NOT_EMPTY: -3, LOST: -4 } as const;

/**
 * The one way into a log: assigns seq, appends and publishes in one atomic step (MUST 1) and holds the fence: only the
 * current attempt may write (MUST 9), and nobody after the terminal event (MUST 7).
 *
 * KEYS[1] log stream · KEYS[2] meta hash
 * ARGV[1] channel · ARGV[2] mode (see AppendMode) · ARGV[3] attempt (mode `attempt`; else 0)
 * ARGV[4] batch: 1, 2, 3, … within an attempt, so that a batch sent again after a lost connection is not written
 *         twice; 0 for the other modes
 * ARGV[5…] pairs of flag and event; flag is `terminal`, `canceling` or `-`; event is a JSON object without
 *         seq, attempt and at, which are set here (at: the clock of Redis, one clock for all writers)
 *
 * Returns { status, seq of the log's last event, current attempt, 1 if a cancel was asked for }.
 */
export const APPEND_SCRIPT = `
local meta = redis.call('HMGET', KEYS[2], 'seq', 'attempt', 'batch', 'canceling', 'ended')
local seq = tonumber(meta[1] or 0)
local attempt = tonumber(meta[2] or 0)
local batch = tonumber(meta[3] or 0)
local canceling = tonumber(meta[4] or 0)
local mode = ARGV[2]

if meta[5] then return { ${APPEND_STATUS.ENDED}, seq, attempt, canceling } end
if mode == 'open' and seq > 0 then return { ${APPEND_STATUS.NOT_EMPTY}, seq, attempt, canceling } end
if mode == 'attempt' then
  if not meta[1] then return { ${APPEND_STATUS.LOST}, seq, attempt, canceling } end
  if tonumber(ARGV[3]) ~= attempt then return { ${APPEND_STATUS.SUPERSEDED}, seq, attempt, canceling } end
  if tonumber(ARGV[4]) <= batch then return { ${APPEND_STATUS.WRITTEN}, seq, attempt, canceling } end
  batch = tonumber(ARGV[4])
end
if mode == 'claim' then
  attempt = attempt + 1
  batch = 0
end

local time = redis.call('TIME')
local at = time[1] .. string.format('%03d', math.floor(tonumber(time[2]) / 1000))
local published = {}
for i = 5, #ARGV, 2 do
  local flag = ARGV[i]
  if not (flag == 'canceling' and canceling == 1) then
    seq = seq + 1
    local event = '{"seq":' .. seq .. ',"attempt":' .. attempt .. ',"at":' .. at .. ',' .. string.sub(ARGV[i + 1], 2)
    redis.call('XADD', KEYS[1], seq .. '-0', 'event', event)
    published[#published + 1] = event
    if flag == 'canceling' then canceling = 1 end
    if flag == 'terminal' then
      redis.call('HSET', KEYS[2], 'ended', 1)
      break
    end
  end
end
redis.call('HSET', KEYS[2], 'seq', seq, 'attempt', attempt, 'batch', batch, 'canceling', canceling)
if #published > 0 then redis.call('PUBLISH', ARGV[1], table.concat(published, '\\n')) end
return { ${APPEND_STATUS.WRITTEN}, seq, attempt, canceling }
`;
