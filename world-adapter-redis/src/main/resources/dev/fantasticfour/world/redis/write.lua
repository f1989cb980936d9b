-- KEYS: chunks, meta, names of the run. ARGV: name, channel, step or '', attempt, chunks.
-- Returns ('stored', first index), ('ended') or ('superseded', highest attempt).
local chunks, meta, names = KEYS[1], KEYS[2], KEYS[3]
local name, channel, step, attempt = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
if redis.call('HGET', meta, 'ended') then
  return {'ended'}
end
local next = redis.call('LLEN', chunks)
if step ~= '' then
  local highest = redis.call('HGET', meta, 'attempt:' .. step)
  if highest and tonumber(highest) > attempt then
    return {'superseded', tonumber(highest)}
  end
  if not highest then
    redis.call('HSET', meta, 'attempt:' .. step, attempt, 'first:' .. step, next)
  elseif tonumber(highest) < attempt then
    local from = redis.call('HGET', meta, 'first:' .. step)
    redis.call('HSET', meta, 'attempt:' .. step, attempt)
    redis.call('RPUSH', chunks, 'R' .. from .. ' ' .. step)
    next = next + 1
  end
end
-- Lua refuses to unpack more than some thousands at once.
for i = 5, #ARGV, 1000 do
  redis.call('RPUSH', chunks, unpack(ARGV, i, math.min(i + 999, #ARGV)))
end
born(meta)
redis.call('HSET', names, name, '0')
redis.call('PERSIST', names)
redis.call('PUBLISH', channel, 'written')
return {'stored', next}
