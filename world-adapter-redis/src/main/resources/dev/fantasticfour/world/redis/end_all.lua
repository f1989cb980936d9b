-- KEYS: names of the run. ARGV: what keys of chunks, of meta and channels begin with, retention.
-- Keys made here carry the hash tag of KEYS[1].
local all = redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  if all[i + 1] == '0' then
    local name = all[i]
    finish(ARGV[1] .. name, ARGV[2] .. name, KEYS[1], name, ARGV[3] .. name, ARGV[4])
  end
end
if ARGV[4] ~= '0' and #all > 0 then
  redis.call('PEXPIRE', KEYS[1], ARGV[4])
end
return {}
