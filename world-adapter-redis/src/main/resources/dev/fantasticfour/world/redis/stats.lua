-- Returns ready, delayed, in flight, dead, and the age of the oldest ready message in ms. What is
-- due counts as ready, whether or not a consumer has moved it yet.
local due = redis.call('ZCOUNT', delayed, '-inf', whole(now))
local oldest = now
for priority = 0, 9 do
  local entry = redis.call('LINDEX', KEYS[READY + priority], -1)
  if entry then
    oldest = math.min(oldest, tonumber(string.match(entry, '^(%d+) ')))
  end
end
local first = redis.call('ZRANGE', delayed, 0, 0, 'WITHSCORES')
if first[2] then
  oldest = math.min(oldest, tonumber(first[2]))
end
return {
  count_ready() + due,
  redis.call('ZCARD', delayed) - due,
  redis.call('ZCARD', leases),
  redis.call('ZCARD', dead),
  now - oldest
}
