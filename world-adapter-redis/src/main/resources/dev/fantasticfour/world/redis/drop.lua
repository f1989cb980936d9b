-- ARGV: id. Returns 1 when there was such a dead letter.
local id = ARGV[1]
if redis.call('ZREM', dead, id) == 0 then
  return {0}
end
redis.call('HDEL', notes, id)
forget_all({id})
return {1}
