-- Decides a group of appends to one log, in order and each on its own, and announces what entered the log.
--
-- KEYS  1 meta  2 events  3 writers  4 writers by last use
-- ARGV  1 channel  2 epoch for a log made here  3 now (ms)  4 writers last used before this (ms) are forgotten
--       5 most writers  6 snapshot: least bytes  7 snapshot: events
--       then for each append:
--         1 flags: n the log must be new, a append although sealed, s seal, p the writer is never forgotten
--         2 expected sequence or ''  3 expected guard or ''  4 writer or ''  5 the writer's number
--         6 which of the events, from 1, is the last that changes rights, or 0  7 number of events
--         then the events as frames: 16 bytes id, 8 bytes time, payload
-- Reply: the epoch, then for each append: outcome, sequence, guard, detail
--         (appended: 1 if a snapshot is due; duplicate: the header of the event at the sequence; gap: the number expected)

-- The numbers of AppendOutcome.
local APPENDED, DUPLICATE, WRITER_GAP, NOT_FOUND, ALREADY_EXISTS = 0, 1, 2, 3, 4
local DELETED, SEALED, GUARD_CHANGED, SEQUENCE_CHANGED = 5, 6, 7, 8

local FIXED, PER_APPEND, ID, HEADER = 7, 7, 16, 24
local MOST_ANNOUNCED = 8 * 1024 -- a cluster sends every announcement to every node
local WRITER = '>I8I8I8c24' -- number, sequence, last use (ms), header of the event
local NEVER_FORGOTTEN = 2 ^ 53 -- stands for the last use of a permanent writer

local meta = redis.call('HMGET', KEYS[1], 'deleted', 'epoch', 'head', 'guard', 'sealed', 'last',
  'bytes', 'latest', 'latest_size', 'base', 'base_size')
local deleted, epoch, sealed = meta[1], meta[2], meta[5] == '1'
local head, guard = tonumber(meta[3] or 0), tonumber(meta[4] or 0)
local last = meta[6] or string.rep('\0', ID)

-- Bytes since the newest snapshot, its sequence, and what they are measured by.
local bytes = tonumber(meta[7] or 0)
local snapshot = tonumber(meta[8] or meta[10] or 0)
local byte_threshold = math.max(tonumber(ARGV[6]), tonumber(meta[9] or meta[11] or 0))
local event_threshold = tonumber(ARGV[7])

local before, previous = head, last
local frames, weight = {}, 0
local writers_made = false

local function find_writer(name)
  local record = name ~= '' and redis.call('HGET', KEYS[3], name)
  if not record then return 0 end
  local number, sequence, used, header = struct.unpack(WRITER, record)
  if used < tonumber(ARGV[4]) then return 0 end
  return number, sequence, header
end

local function decide(flags, expected_sequence, expected_guard, writer, number)
  if deleted then return DELETED, 0, '' end
  local new = string.find(flags, 'n', 1, true)
  if not epoch and not new then return NOT_FOUND, 0, '' end
  local used, used_sequence, used_header = find_writer(writer)
  if writer ~= '' and used > 0 and number <= used then return DUPLICATE, used_sequence, used_header end
  if epoch and new then return ALREADY_EXISTS, head, '' end
  if sealed and not string.find(flags, 'a', 1, true) then return SEALED, head, '' end
  if expected_guard ~= '' and tonumber(expected_guard) ~= guard then return GUARD_CHANGED, head, '' end
  if expected_sequence ~= '' and tonumber(expected_sequence) ~= head then return SEQUENCE_CHANGED, head, '' end
  if writer ~= '' and number ~= used + 1 then return WRITER_GAP, head, used + 1 end
  return APPENDED
end

local function remember_writer(name, number, permanent)
  local used = permanent and NEVER_FORGOTTEN or tonumber(ARGV[3])
  redis.call('HSET', KEYS[3], name, struct.pack(WRITER, number, head, used, string.sub(frames[#frames], 1, HEADER)))
  if permanent then return end
  if redis.call('ZADD', KEYS[4], string.format('%d', head), name) == 1 then writers_made = true end
end

-- Enters the frames ARGV[first] to ARGV[final] and says whether a multiple of a snapshot threshold was crossed.
local function enter(first, final)
  local bytes_were, head_was = bytes, head
  for i = first, final do
    local frame = ARGV[i]
    head = head + 1
    bytes = bytes + #frame - HEADER
    weight = weight + #frame
    frames[#frames + 1] = frame
    redis.call('XADD', KEYS[2], string.format('%d-0', head), 'e', frame)
  end
  last = string.sub(ARGV[final], 1, ID)
  local function crossed(was, is, threshold) return math.floor(is / threshold) > math.floor(was / threshold) end
  return crossed(bytes_were, bytes, byte_threshold) or crossed(head_was - snapshot, head - snapshot, event_threshold)
end

local function forget_writers()
  local excess = redis.call('ZCARD', KEYS[4]) - tonumber(ARGV[5])
  for i, name in ipairs(redis.call('ZRANGE', KEYS[4], 0, math.max(excess, 10) - 1)) do
    local used = select(3, struct.unpack(WRITER, redis.call('HGET', KEYS[3], name)))
    if i > excess and used >= tonumber(ARGV[4]) then break end
    redis.call('HDEL', KEYS[3], name)
    redis.call('ZREM', KEYS[4], name)
  end
end

local function announce()
  local message = { struct.pack('>Bc0', #epoch, epoch), previous, struct.pack('>I8I8', before + 1, head) }
  if weight <= MOST_ANNOUNCED then
    for _, frame in ipairs(frames) do
      message[#message + 1] = struct.pack('>I4', #frame)
      message[#message + 1] = frame
    end
  end
  redis.call('PUBLISH', ARGV[1], table.concat(message))
end

local reply = { '' }
local at = FIXED + 1
while at <= #ARGV do
  local flags, writer, number = ARGV[at], ARGV[at + 3], tonumber(ARGV[at + 4])
  local rights, count = tonumber(ARGV[at + 5]), tonumber(ARGV[at + 6])
  local outcome, sequence, detail = decide(flags, ARGV[at + 1], ARGV[at + 2], writer, number)
  if outcome == APPENDED then
    epoch = epoch or ARGV[2]
    if rights > 0 then guard = head + rights end
    detail = enter(at + PER_APPEND, at + PER_APPEND + count - 1) and 1 or 0
    sequence = head
    sealed = sealed or string.find(flags, 's', 1, true) ~= nil
    if writer ~= '' then remember_writer(writer, number, string.find(flags, 'p', 1, true)) end
  end
  for _, value in ipairs({ outcome, sequence, guard, detail }) do reply[#reply + 1] = value end
  at = at + PER_APPEND + count
end

if head > before then
  redis.call('HSET', KEYS[1], 'epoch', epoch, 'head', string.format('%d', head), 'guard', string.format('%d', guard),
    'sealed', sealed and '1' or '0', 'last', last, 'bytes', string.format('%d', bytes))
  if writers_made then forget_writers() end
  announce()
end
reply[1] = epoch or ''
return reply
