-- What every script of streams begins with. All keys of a run share its hash tag.
local clock = redis.call('TIME')

-- Tells what the server holds from what it held before its keys were lost.
local function born(meta)
  redis.call('HSETNX', meta, 'born', clock[1] .. '-' .. clock[2])
end

-- A server that was restarted, or took over from another, may lack the latest chunks.
local function server()
  return string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
end

-- Whether that life is here, as a whole.
local function holds(meta, life)
  return redis.call('HGET', meta, 'life') == life and redis.call('HGET', meta, 'server') == server()
end

-- The index that the next chunk gets.
local function reach(chunks, meta)
  return redis.call('LLEN', chunks) + tonumber(redis.call('HGET', meta, 'base') or 0)
end

local function finish(meta, names, name, channel)
  born(meta)
  if redis.call('HGET', meta, 'ended') then
    return
  end
  redis.call('HSET', meta, 'ended', '1')
  redis.call('HSET', names, name, '1')
  redis.call('PUBLISH', channel, 'ended')
end
