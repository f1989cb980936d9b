-- KEYS: names of the run. ARGV: what keys of meta and channels begin with.
-- Keys made here carry the hash tag of KEYS[1].
local all = redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  if all[i + 1] == '0' then
    local name = all[i]
    finish(ARGV[1] .. name, KEYS[1], name, ARGV[2] .. name)
  end
end
return {}
