-- KEYS: the door of a consumer that waits no longer. ARGV: what it will find there, and for how many ms
-- at most that stays, should it have been let in by the bell meanwhile.
redis.call('RPUSH', KEYS[1], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
