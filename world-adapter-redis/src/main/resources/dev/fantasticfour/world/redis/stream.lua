-- What every script of streams begins with. All keys of a run share its hash tag.
local clock = redis.call('TIME')

-- Tells one life of a stream from the next, after its keys were lost.
local function born(meta)
  redis.call('HSETNX', meta, 'born', clock[1] .. '-' .. clock[2])
end

local function finish(chunks, meta, names, name, channel, retention)
  born(meta)
  if redis.call('HGET', meta, 'ended') then
    return
  end
  redis.call('HSET', meta, 'ended', '1')
  redis.call('HSET', names, name, '1')
  if retention ~= '0' then
    redis.call('PEXPIRE', chunks, retention)
    redis.call('PEXPIRE', meta, retention)
  end
  redis.call('PUBLISH', channel, 'ended')
end
