-- One exchange of a consumer with its queue: answers and renewals in, due messages made ready,
-- messages claimed.
-- ARGV: messages wanted, token of this claim, lease, base and greatest pause in ms, most attempts,
-- number of messages done, number of other answers, ms after which an unused queue goes or 0; then per message done (id, token), then per other
-- answer (id, token, what, number, text), then per renewal (id, token).
-- Returns ms until something is due or -1, ready messages left, answers refused, then per message
-- claimed (id, attempt, body).
local wanted, token, lease = tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3])
local base, greatest, most = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local others = 10 + 2 * tonumber(ARGV[7])
local renewals = others + 5 * tonumber(ARGV[8])
local refused = 0
local answered, ended = {}, {}

-- Takes an answer if it comes from who holds the message.
local function accept(id, is, claimed)
  local accepted = is == claimed and not answered[id]
  if accepted then
    answered[id] = true
    ended[#ended + 1] = id
  else
    refused = refused + 1
  end
  return accepted
end

local finished, done = {}, {}
for at = 10, others - 1, 2 do
  finished[#finished + 1] = ARGV[at]
end
local holding = read_all(tokens, finished)
for n, id in ipairs(finished) do
  if accept(id, holding[n], ARGV[9 + 2 * n]) then
    done[#done + 1] = id
  end
end

for at = others, renewals - 1, 5 do
  local id, what, number, text = ARGV[at], ARGV[at + 2], tonumber(ARGV[at + 3]), ARGV[at + 4]
  if accept(id, redis.call('HGET', tokens, id), ARGV[at + 1]) then
    if what == 'again' then
      redis.call('HDEL', attempts, id)
      make_ready_at(id, now + number)
    elseif what == 'failed' then
      if count_attempt(id) >= most then
        bury(id, text)
      else
        make_ready_at(id, now + number)
      end
    elseif what == 'undecodable' then
      count_attempt(id)
      bury(id, text)
    elseif what == 'interrupted' then
      count_attempt(id)
      make_ready(id)
    elseif what == 'untouched' then
      make_ready(id)
    else
      return redis.error_reply('ERR unknown answer ' .. what)
    end
  end
end
in_parts('HDEL', tokens, ended)
in_parts('ZREM', leases, ended)
forget_all(done)

-- Renewed before the expired ones are collected: whoever is late, but still unchallenged, goes on.
for at = renewals, #ARGV, 2 do
  if redis.call('HGET', tokens, ARGV[at]) == ARGV[at + 1] then
    redis.call('ZADD', leases, whole(now + lease), ARGV[at])
  end
end

local expired = redis.call('ZRANGEBYSCORE', leases, '-inf', whole(now), 'WITHSCORES', 'LIMIT', 0, 500)
for i = 1, #expired, 2 do
  local id = expired[i]
  local tried = count_attempt(id)
  redis.call('ZREM', leases, id)
  redis.call('HDEL', tokens, id)
  if tried >= most then
    bury(id, 'the lease of attempt ' .. tried .. ' ran out: its process died or lost Redis')
  else
    -- The lease itself counts as a part of the pause.
    local pause = math.min(greatest, base * 2 ^ math.min(tried - 1, 40)) * (1 - clock[2] % 1000 / 4000)
    make_ready_at(id, expired[i + 1] - lease + pause)
  end
end

local due = redis.call('ZRANGEBYSCORE', delayed, '-inf', whole(now), 'LIMIT', 0, 500)
for i = 1, #due do
  redis.call('ZREM', delayed, due[i])
  make_ready(due[i])
end

local taken = {}
for priority = 9, 0, -1 do
  if wanted <= 0 then break end
  local list = KEYS[READY + priority]
  local entries = redis.call('LRANGE', list, -wanted, -1)
  if #entries > 0 then
    redis.call('LTRIM', list, 0, -#entries - 1)
    wanted = wanted - #entries
  end
  for i = #entries, 1, -1 do
    taken[#taken + 1] = string.match(entries[i], '^%d+ (.*)$')
  end
end

local reply = {-1, 0, refused}
local tried, stored = read_all(attempts, taken), read_all(bodies, taken)
local expiry = whole(now + lease)
local expiries, held = {}, {}
for i, id in ipairs(taken) do
  local pair, triple = 2 * i, 3 * i
  expiries[pair - 1], expiries[pair] = expiry, id
  held[pair - 1], held[pair] = id, token
  reply[triple + 1], reply[triple + 2] = id, (tonumber(tried[i]) or 0) + 1
  reply[triple + 3] = stored[i] or ''
end
in_parts('ZADD', leases, expiries)
in_parts('HSET', tokens, held)

local left = count_ready()
if left == 0 then
  redis.call('DEL', bell)
else
  ring()
end
reply[2] = left
for _, times in ipairs({delayed, leases}) do
  local first = redis.call('ZRANGE', times, 0, 0, 'WITHSCORES')
  if first[2] then
    local wait = math.max(0, first[2] - now)
    if reply[1] < 0 or wait < reply[1] then
      reply[1] = wait
    end
  end
end
expire_after(tonumber(ARGV[9]))
return reply
