-- KEYS: chunks, meta. ARGV: first index, most chunks, bytes after which to stop.
-- Returns when the keys were made or '', the number of the life, its base, the index after the
-- last chunk, whether it has ended, chunks from that index or from the base on.
local chunks, meta = KEYS[1], KEYS[2]
local at, most, bytes = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local length = redis.call('LLEN', chunks)
local base = tonumber(redis.call('HGET', meta, 'base') or 0)
local reply = {
  redis.call('HGET', meta, 'born') or '',
  tonumber(redis.call('HGET', meta, 'life') or 0),
  base,
  base + length,
  redis.call('HGET', meta, 'ended') and 1 or 0
}
at = math.max(at - base, 0)
-- In small bites, so that large chunks beyond the limit are not even copied.
while most > 0 and bytes > 0 and at < length do
  local bite = redis.call('LRANGE', chunks, at, at + math.min(most, 16) - 1)
  for i = 1, #bite do
    if bytes <= 0 then break end
    reply[#reply + 1] = bite[i]
    bytes = bytes - #bite[i]
  end
  at = at + #bite
  most = most - #bite
end
return reply
