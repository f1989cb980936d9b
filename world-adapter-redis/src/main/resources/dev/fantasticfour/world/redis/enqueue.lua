-- ARGV: per message id, body, delay in ms, '+' and its key or '-', priority.
-- A message that is known already is left as it is, so that a caller may repeat the call.
local first = redis.call('ZRANGE', delayed, 0, 0)[1]
for i = 1, #ARGV, 5 do
  local id, key = ARGV[i], ARGV[i + 3]
  local wanted = redis.call('HEXISTS', bodies, id) == 0
  if wanted and key ~= '-' then
    key = string.sub(key, 2)
    local owner = redis.call('HGET', owners, key)
    wanted = not owner or redis.call('HEXISTS', bodies, owner) == 0
    if wanted then
      redis.call('HSET', owners, key, id)
      redis.call('HSET', keyof, id, key)
    end
  end
  if wanted then
    redis.call('HSET', bodies, id, ARGV[i + 1])
    if ARGV[i + 4] ~= '0' then
      redis.call('HSET', priorities, id, ARGV[i + 4])
    end
    make_ready_at(id, now + ARGV[i + 2])
  end
end
-- A new earliest due time has to be learned by a waiter, too.
if count_ready() > 0 or redis.call('ZRANGE', delayed, 0, 0)[1] ~= first then
  ring()
end
return {}
