-- KEYS: names of the run. Returns those of its streams.
return redis.call('HKEYS', KEYS[1])
