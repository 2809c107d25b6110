/** Returns every stream of the system as { name, entries, name, entries, … }. KEYS: none. ARGV[1]: pattern of names. */
const READ_ALL = `
local found = {}
for _, key in ipairs(redis.call('KEYS', ARGV[1])) do
  if redis.call('TYPE', key).ok == 'stream' then
    found[#found + 1] = key
    found[#found + 1] = redis.call('XRANGE', key, '-', '+')
  end
end
`;

export const READ_SCRIPT = `${READ_ALL} return found`;

/** One atomic step, so that it empties exactly the entries that it read. */
export const FLUSH_SCRIPT = `${READ_ALL} redis.call('FLUSHALL') return found`;

/** Removes the entries of a stream below an id. KEYS[1]: stream. ARGV[1]: pattern. ARGV[2]: lowest id that stays. */
export const TRIM_SCRIPT = `${READ_ALL} redis.call('XTRIM', KEYS[1], 'MINID', '=', ARGV[2]) return found`;
