-- What every script of a queue begins with: its keys, in the order of RedisKeys.queue, the server's
-- time, and the moves a message can make. A message is in exactly one of: a ready list, `delayed`,
-- `leases`, `dead`. `attempts` counts those that are over and did not succeed.
local bodies, attempts, keyof, owners = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local priorities, leases, tokens, delayed = KEYS[5], KEYS[6], KEYS[7], KEYS[8]
local dead, notes, bell, READY = KEYS[9], KEYS[10], KEYS[11], 12

local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)

-- Tostring would switch to an exponent from 15 digits on.
local function whole(number)
  return string.format('%.0f', number)
end

-- A ready entry carries since when it is ready, for the age of the oldest.
local ready_now = whole(now) .. ' '
local function ready_entry(id)
  return ready_now .. id
end

local function make_ready(id)
  local priority = redis.call('HGET', priorities, id) or 0
  redis.call('LPUSH', KEYS[READY + priority], ready_entry(id))
end

local function make_ready_at(id, due)
  if due <= now then
    make_ready(id)
  else
    redis.call('ZADD', delayed, whole(due), id)
  end
end

local function free_key(id)
  local key = redis.call('HGET', keyof, id)
  if key and redis.call('HGET', owners, key) == id then
    redis.call('HDEL', owners, key)
  end
end

-- Many arguments go in parts: Lua can pass only so many. Pairs stay together.
local PART = 1000

local function in_parts(command, key, arguments)
  for from = 1, #arguments, PART do
    redis.call(command, key, unpack(arguments, from, math.min(from + PART - 1, #arguments)))
  end
end

-- The values of many fields, in their order; false where there is none.
local function read_all(key, fields)
  local values = {}
  for from = 1, #fields, PART do
    local part = redis.call('HMGET', key, unpack(fields, from, math.min(from + PART - 1, #fields)))
    for i = 1, #part do
      values[from + i - 1] = part[i]
    end
  end
  return values
end

-- Where nothing ever failed, had a key or a priority, those hashes are not there.
local function delete_all(key, fields)
  if #fields > 0 and redis.call('EXISTS', key) == 1 then
    in_parts('HDEL', key, fields)
  end
end

local function forget_all(ids)
  local keys, holders, free = {}, {}, {}
  for i, key in ipairs(read_all(keyof, ids)) do
    if key then
      keys[#keys + 1] = key
      holders[#holders + 1] = ids[i]
    end
  end
  for i, owner in ipairs(read_all(owners, keys)) do
    if owner == holders[i] then
      free[#free + 1] = keys[i]
    end
  end
  delete_all(owners, free)
  delete_all(keyof, holders)
  delete_all(bodies, ids)
  delete_all(attempts, ids)
  delete_all(priorities, ids)
end

-- One more attempt is over. Returns how many are.
local function count_attempt(id)
  return redis.call('HINCRBY', attempts, id, 1)
end

-- Scores of dead letters are unique and grow, so that one of them is a place in the list.
local function bury(id, reason)
  local score = clock[1] * 1000000 + clock[2]
  local last = redis.call('ZREVRANGE', dead, 0, 0, 'WITHSCORES')
  if last[2] and score <= tonumber(last[2]) then
    score = tonumber(last[2]) + 1
  end
  free_key(id)
  redis.call('ZADD', dead, whole(score), id)
  redis.call('HSET', notes, id, (redis.call('HGET', attempts, id) or '0') .. ' ' .. reason)
  redis.call('HDEL', attempts, id)
end

local function count_ready()
  local count = 0
  for priority = 0, 9 do
    count = count + redis.call('LLEN', KEYS[READY + priority])
  end
  return count
end

-- The queue of a worker goes when nobody has sent to it or taken from it for so long.
local function expire_after(ttl)
  if ttl > 0 then
    for _, key in ipairs(KEYS) do
      redis.call('PEXPIRE', key, whole(ttl))
    end
  end
end

-- One token is enough: whoever takes it rings again when something is left after its claim.
local function ring()
  if redis.call('LLEN', bell) == 0 then
    redis.call('LPUSH', bell, '1')
  end
end
