-- Tries every command that the other scripts use, on keys of its own that are gone afterwards, and
-- returns those that were refused, each followed by the server's words.
-- KEYS: a hash, a list, a sorted set, of one slot. ARGV: a channel.
local hash, list, sorted = KEYS[1], KEYS[2], KEYS[3]
local refused = {}

local function try(command, ...)
  local answer = redis.pcall(command, ...)
  if type(answer) == 'table' and answer.err then
    refused[#refused + 1] = command
    refused[#refused + 1] = answer.err
  end
end

try('TIME')
try('HSET', hash, 'a', '1')
try('HSETNX', hash, 'b', '1')
try('HINCRBY', hash, 'a', 1)
try('HGET', hash, 'a')
try('HMGET', hash, 'a', 'b')
try('HGETALL', hash)
try('HKEYS', hash)
try('HEXISTS', hash, 'a')
try('HDEL', hash, 'b')
try('RPUSH', list, 'a')
try('LPUSH', list, 'b')
try('LLEN', list)
try('LINDEX', list, 0)
try('LRANGE', list, 0, -1)
try('LTRIM', list, 0, 9)
try('RPOP', list)
try('ZADD', sorted, 1, 'a')
try('ZCARD', sorted)
try('ZCOUNT', sorted, 0, 9)
try('ZRANGE', sorted, 0, -1)
try('ZRANGEBYSCORE', sorted, 0, 9)
try('ZREVRANGE', sorted, 0, -1)
try('ZREVRANGEBYSCORE', sorted, 9, 0)
try('ZREM', sorted, 'a')
try('EXISTS', hash)
try('PEXPIRE', hash, 60000)
try('PERSIST', hash)
try('PUBLISH', ARGV[1], 'trial')
try('DEL', hash, list, sorted)
return refused
