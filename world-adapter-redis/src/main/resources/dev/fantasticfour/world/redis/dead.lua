-- ARGV: 'up' or 'down', score to start after or '', most letters.
-- Returns per letter id, score, attempts and reason, body.
local up, after = ARGV[1] == 'up', ARGV[2]
if after ~= '' then
  after = '(' .. after
end
local found
if up then
  found = redis.call('ZRANGEBYSCORE', dead, after == '' and '-inf' or after, '+inf',
    'WITHSCORES', 'LIMIT', 0, ARGV[3])
else
  found = redis.call('ZREVRANGEBYSCORE', dead, after == '' and '+inf' or after, '-inf',
    'WITHSCORES', 'LIMIT', 0, ARGV[3])
end
local reply = {}
for i = 1, #found, 2 do
  reply[#reply + 1] = found[i]
  reply[#reply + 1] = whole(tonumber(found[i + 1]))
  reply[#reply + 1] = redis.call('HGET', notes, found[i]) or '0 '
  reply[#reply + 1] = redis.call('HGET', bodies, found[i]) or ''
end
return reply
