-- ARGV: id. Returns 1 when there was such a dead letter.
local id = ARGV[1]
if redis.call('ZREM', dead, id) == 0 then
  return {0}
end
redis.call('HDEL', notes, id)
local key = redis.call('HGET', keyof, id)
-- Another message may have taken the key since; this one then goes without.
if key and redis.call('HSETNX', owners, key, id) == 0 then
  redis.call('HDEL', keyof, id)
end
make_ready(id)
ring()
return {1}
