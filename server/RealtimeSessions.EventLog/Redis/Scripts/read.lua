-- Reads a log's head and the events from a sequence on, as of one moment.
--
-- KEYS  1 meta  2 events
-- ARGV  1 first sequence wanted  2 most events
-- Reply: epoch, head, first available sequence, guard, sealed, then the frames; nothing if there is no log

local PAGE_BYTES = 1024 * 1024
local FIRST_CHUNK, LARGEST_CHUNK = 16, 1000

local reply = redis.call('HMGET', KEYS[1], 'epoch', 'head', 'first', 'guard', 'sealed')
if not reply[1] then return false end
reply[3] = reply[3] or '1'

local wanted, bytes, read = tonumber(ARGV[2]), 0, 0
local from, chunk = ARGV[1] .. '-0', math.min(wanted, FIRST_CHUNK)
while chunk > 0 do
  local entries = redis.call('XRANGE', KEYS[2], from, '+', 'COUNT', chunk)
  for _, entry in ipairs(entries) do
    local frame = entry[2][2]
    reply[#reply + 1] = frame
    bytes, read = bytes + #frame, read + 1
    if bytes >= PAGE_BYTES then return reply end
  end
  if #entries < chunk then return reply end
  from = '(' .. entries[#entries][1]
  -- As many as fill the page if they weigh as much as those before.
  chunk = math.min(wanted - read, LARGEST_CHUNK, math.ceil((PAGE_BYTES - bytes) * read / bytes))
end
return reply
