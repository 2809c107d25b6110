/**
 * Signs messages, so that readers recognise those of other clients of Redis on the same channel. The secret stays in the
 * log's meta hash. The last ARGV of each script that publishes is the secret for a log that has none yet.
 *
 * `secret_in(meta_key, kept)`: the secret; `kept` is the one in the hash, if it has one.
 * `publish(secret, channel, prefix, events)` publishes `prefix`, then the events, whose first object begins with the
 * signature: `{"mac":"<40 hex digits>","seq":…`. Older readers ignore that field.
 */
export const SIGN = `
local function secret_in(meta_key, kept)
  if kept then return kept end
  redis.call('HSET', meta_key, 'secret', ARGV[#ARGV])
  return ARGV[#ARGV]
end

local function publish(secret, channel, prefix, events)
  local mac = redis.sha1hex(secret .. channel .. '\\n' .. prefix .. events .. secret)
  redis.call('PUBLISH', channel, prefix .. '{"mac":"' .. mac .. '",' .. string.sub(events, 2))
end
`;
