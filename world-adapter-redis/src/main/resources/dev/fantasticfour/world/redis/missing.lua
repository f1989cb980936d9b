-- ARGV: keys. Returns which of them, counted from 1, no message that waits or is handled has.
local missing = {}
local held = read_all(owners, ARGV)
for n = 1, #ARGV do
  local owner = held[n]
  if not owner or redis.call('HEXISTS', bodies, owner) == 0 then
    missing[#missing + 1] = n
  end
end
return missing
