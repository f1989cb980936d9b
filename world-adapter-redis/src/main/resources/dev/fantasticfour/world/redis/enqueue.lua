-- ARGV: ms after which an unused queue goes or 0; then per message id, body, delay in ms, '+' and its key or '-', priority.
-- A message that is known already is left as it is, so that a caller may repeat the call.
local first = redis.call('ZRANGE', delayed, 0, 0)[1]
local ids = {}
for at = 2, #ARGV, 5 do
  ids[#ids + 1] = ARGV[at]
end
local known = read_all(bodies, ids)
local added, owner_of = {}, {}
local new_owners, new_keys, new_bodies, new_priorities, ready = {}, {}, {}, {}, {}

for n, id in ipairs(ids) do
  local at = n * 5 - 3
  local key, priority = ARGV[at + 3], ARGV[at + 4]
  local wanted = not known[n] and not added[id]
  if wanted and key ~= '-' then
    key = string.sub(key, 2)
    local owner = owner_of[key] or redis.call('HGET', owners, key)
    wanted = not owner or not (added[owner] or redis.call('HEXISTS', bodies, owner) == 1)
    if wanted then
      owner_of[key] = id
      new_owners[#new_owners + 1] = key
      new_owners[#new_owners + 1] = id
      new_keys[#new_keys + 1] = id
      new_keys[#new_keys + 1] = key
    end
  end
  if wanted then
    added[id] = true
    new_bodies[#new_bodies + 1] = id
    new_bodies[#new_bodies + 1] = ARGV[at + 1]
    if priority ~= '0' then
      new_priorities[#new_priorities + 1] = id
      new_priorities[#new_priorities + 1] = priority
    end
    local delay = tonumber(ARGV[at + 2])
    if delay > 0 then
      redis.call('ZADD', delayed, whole(now + delay), id)
    else
      local list = ready[priority] or {}
      ready[priority] = list
      list[#list + 1] = ready_entry(id)
    end
  end
end
in_parts('HSET', owners, new_owners)
in_parts('HSET', keyof, new_keys)
in_parts('HSET', bodies, new_bodies)
in_parts('HSET', priorities, new_priorities)
for priority, list in pairs(ready) do
  in_parts('LPUSH', KEYS[READY + priority], list)
end

-- A new earliest due time has to be learned by a waiter, too.
if count_ready() > 0 or redis.call('ZRANGE', delayed, 0, 0)[1] ~= first then
  ring()
end
expire_after(tonumber(ARGV[1]))
return {}
