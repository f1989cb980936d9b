-- KEYS: chunks, meta, names of the run. ARGV: name, retention in ms.
if redis.call('HGET', KEYS[2], 'ended') then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  redis.call('PEXPIRE', KEYS[2], ARGV[2])
  redis.call('HDEL', KEYS[3], ARGV[1])
end
return {}
