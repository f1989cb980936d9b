-- KEYS: chunks, meta, names of the run. ARGV: name, channel, step or '', attempt, life or '' for
-- whatever there is, chunks.
-- Returns ('stored', first index, where the mark before it leads to or -1), ('ended'), ('lost') or
-- ('superseded', highest attempt).
local chunks, meta, names = KEYS[1], KEYS[2], KEYS[3]
local name, channel, step, attempt = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
local life = ARGV[5]
if life ~= '' and not holds(meta, life) then
  return {'lost'}
end
if redis.call('HGET', meta, 'ended') then
  return {'ended'}
end
local next = reach(chunks, meta)
local mark = -1
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
    mark = tonumber(from)
    next = next + 1
  end
end
-- Lua refuses to unpack more than some thousands at once.
for i = 6, #ARGV, 1000 do
  redis.call('RPUSH', chunks, unpack(ARGV, i, math.min(i + 999, #ARGV)))
end
born(meta)
redis.call('HSET', names, name, '0')
redis.call('PERSIST', names)
redis.call('PUBLISH', channel, 'written')
return {'stored', next, mark}
