-- KEYS: chunks, meta, names of the run. ARGV: name, channel.
finish(KEYS[2], KEYS[3], ARGV[1], ARGV[2])
return {}
