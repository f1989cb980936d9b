-- KEYS: chunks, meta, names of the run. ARGV: name, channel, step or '', attempt, life or '' for
-- whatever there is, source or '', number, chunks.
-- Returns ('stored', first index, where the mark before it leads to or -1), ('ended'), ('lost') or
-- ('superseded', highest attempt).
local chunks, meta, names = KEYS[1], KEYS[2], KEYS[3]
local name, channel, step, attempt = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
local life, source, number = ARGV[5], ARGV[6], ARGV[7]
if life ~= '' and not holds(meta, life) then
  return {'lost'}
end
if source ~= '' then
  -- A repetition is answered as the first time.
  local last = redis.call('HGET', meta, 'sent:' .. source)
  local same, first, led = string.match(last or '', '^(%d+) (%d+) (-?%d+)$')
  if same == number then
    return {'stored', tonumber(first), tonumber(led)}
  end
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
for i = 8, #ARGV, 1000 do
  redis.call('RPUSH', chunks, unpack(ARGV, i, math.min(i + 999, #ARGV)))
end
born(meta)
if source ~= '' then
  redis.call('HSET', meta, 'sent:' .. source, number .. ' ' .. string.format('%.0f', next) .. ' ' .. mark)
end
redis.call('HSET', names, name, '0')
redis.call('PERSIST', names)
redis.call('PUBLISH', channel, 'written')
return {'stored', next, mark}
