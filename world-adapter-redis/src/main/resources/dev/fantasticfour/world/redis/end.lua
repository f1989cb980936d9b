-- KEYS: chunks, meta, names of the run. ARGV: name, channel, retention in ms or 0.
finish(KEYS[1], KEYS[2], KEYS[3], ARGV[1], ARGV[2], ARGV[3])
if ARGV[3] ~= '0' then
  local all = redis.call('HVALS', KEYS[3])
  local open = false
  for i = 1, #all do
    open = open or all[i] == '0'
  end
  if not open then
    redis.call('PEXPIRE', KEYS[3], ARGV[3])
  end
end
return {}
