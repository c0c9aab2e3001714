-- Stores a snapshot: as the latest, or as the base, which also removes the events it covers.
--
-- KEYS  1 meta  2 events  3 latest state  4 base state
-- ARGV  1 'latest' or 'base'  2 epoch  3 sequence  4 state
-- Reply: 1 if it was stored

local HEADER, CHUNK = 24, 16

local meta = redis.call('HMGET', KEYS[1], 'epoch', 'head', 'latest', 'base')
local sequence = tonumber(ARGV[3])
if meta[1] ~= ARGV[2] or sequence > tonumber(meta[2]) then return 0 end
local latest, base = tonumber(meta[3] or -1), tonumber(meta[4] or -1)
local newest = math.max(latest, base)
if sequence <= (ARGV[1] == 'latest' and newest or base) then return 0 end

local function payload_bytes_after()
  local bytes, from = 0, string.format('(%d-0', sequence)
  while true do
    local entries = redis.call('XRANGE', KEYS[2], from, '+', 'COUNT', CHUNK)
    for _, entry in ipairs(entries) do bytes = bytes + #entry[2][2] - HEADER end
    if #entries < CHUNK then return bytes end
    from = '(' .. entries[#entries][1]
  end
end

local size = string.format('%d', #ARGV[4])
if ARGV[1] == 'latest' then
  redis.call('SET', KEYS[3], ARGV[4])
  redis.call('HSET', KEYS[1], 'latest', ARGV[3], 'latest_size', size)
else
  redis.call('SET', KEYS[4], ARGV[4])
  redis.call('HSET', KEYS[1], 'base', ARGV[3], 'base_size', size, 'first', string.format('%d', sequence + 1))
  redis.call('XTRIM', KEYS[2], 'MINID', '=', string.format('%d-0', sequence + 1))
  if latest < sequence then
    redis.call('UNLINK', KEYS[3])
    redis.call('HDEL', KEYS[1], 'latest', 'latest_size')
  end
end
if sequence > newest then
  redis.call('HSET', KEYS[1], 'bytes', string.format('%d', payload_bytes_after()))
end
return 1
