-- KEYS: chunks, meta, names of the run. ARGV: name, channel, life.
-- Returns the index after the last chunk, or nothing when that life is not here as a whole.
if not holds(KEYS[2], ARGV[3]) then
  return {}
end
finish(KEYS[2], KEYS[3], ARGV[1], ARGV[2])
return {reach(KEYS[1], KEYS[2])}
