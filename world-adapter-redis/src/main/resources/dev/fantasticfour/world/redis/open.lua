-- KEYS: chunks, meta, names of the run. ARGV: name, channel, life, base, then step, attempt and
-- first index of each step that has written before.
-- Returns ('opened'), or ('known') when there is that life or a later one.
local chunks, meta, names = KEYS[1], KEYS[2], KEYS[3]
local known = redis.call('HGET', meta, 'life')
if known and tonumber(known) >= tonumber(ARGV[3]) then
  return {'known'}
end
redis.call('DEL', chunks, meta)
born(meta)
redis.call('HSET', meta, 'life', ARGV[3], 'base', ARGV[4], 'server', server())
for i = 5, #ARGV, 3 do
  redis.call('HSET', meta, 'attempt:' .. ARGV[i], ARGV[i + 1], 'first:' .. ARGV[i], ARGV[i + 2])
end
redis.call('HSET', names, ARGV[1], '0')
redis.call('PUBLISH', ARGV[2], 'opened')
return {'opened'}
