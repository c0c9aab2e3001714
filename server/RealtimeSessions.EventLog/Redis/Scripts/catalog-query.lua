-- Finds documents, highest place first. A member of the index is 16 bytes of what it is listed under (an order and a term), followed by
-- its place: order value and id. So everything listed under one term is a range, in order, and the same place under another term is
-- found directly. The rarest of the terms is walked, the others are looked up.
--
-- KEYS  1 versions  2 bodies  3 index
-- ARGV  1 most documents  2 place to continue after, or ''  3 number of lists a document must be in  4 number of lists of which it
--       must be in at least one (0: any)  then the first of these lists, then the second, by their 16 bytes
-- Reply: the place to continue after, '' at the end, then for each document: place, version, body.
--        It may end early: a call looks at a bounded number of places and reads a bounded number of bytes.

local LIST, CHUNK = 16, 50
local MOST_EXAMINED, MOST_BYTES = 2000, 1024 * 1024
local limit, after = tonumber(ARGV[1]), ARGV[2]

local function arguments(first, count)
  local taken = {}
  for i = first, first + count - 1 do taken[#taken + 1] = ARGV[i] end
  return taken
end

local function size(list) return redis.call('ZLEXCOUNT', KEYS[3], '[' .. list, '(' .. list .. '\255') end

-- Chooses what to walk, and leaves what to look up.
local all, any = arguments(5, tonumber(ARGV[3])), arguments(5 + tonumber(ARGV[3]), tonumber(ARGV[4]))
local rarest, rarest_size = 0, math.huge
for i, list in ipairs(all) do
  local count = #all + #any > 1 and size(list) or 0
  if count < rarest_size then rarest, rarest_size = i, count end
end
local any_size = 0
for _, list in ipairs(any) do any_size = any_size + (#all > 0 and size(list) or 0) end
local walked
if #any > 0 and any_size < rarest_size then
  walked, any = any, {}
else
  walked = { table.remove(all, rarest) }
end

local cursors = {}
for i, list in ipairs(walked) do
  cursors[i] = { list = list, below = '(' .. list .. (after == '' and '\255' or after), page = {}, at = 1, more = true }
end

-- The place a cursor stands at, or nil at its end.
local function place(cursor)
  if cursor.at > #cursor.page and cursor.more then
    cursor.page = redis.call('ZREVRANGEBYLEX', KEYS[3], cursor.below, '[' .. cursor.list, 'LIMIT', 0, CHUNK)
    cursor.at, cursor.more = 1, #cursor.page == CHUNK
    cursor.below = cursor.more and '(' .. cursor.page[CHUNK]
  end
  local member = cursor.page[cursor.at]
  return member and string.sub(member, LIST + 1)
end

-- Whether a stands above b by bytes; Lua's own comparison follows the server's locale.
local function above(a, b)
  for i = 1, math.min(#a, #b) do
    local x, y = string.byte(a, i), string.byte(b, i)
    if x ~= y then return x > y end
  end
  return #a > #b
end

-- The highest place of all cursors; those that stand there move on.
local function take()
  local highest, standing = nil, {}
  for _, cursor in ipairs(cursors) do
    local here = place(cursor)
    if here and here == highest then
      standing[#standing + 1] = cursor
    elseif here and (not highest or above(here, highest)) then
      highest, standing = here, { cursor }
    end
  end
  for _, cursor in ipairs(standing) do cursor.at = cursor.at + 1 end
  return highest
end

local function listed(list, here) return redis.call('ZSCORE', KEYS[3], list .. here) end

local function matches(here)
  for _, list in ipairs(all) do
    if not listed(list, here) then return false end
  end
  for _, list in ipairs(any) do
    if listed(list, here) then return true end
  end
  return #any == 0
end

local reply, examined, found, bytes = { '' }, 0, 0, 0
while true do
  local here = take()
  if not here then
    reply[1] = ''
    return reply
  end
  examined = examined + 1
  reply[1] = here
  if matches(here) then
    local id = string.sub(here, 9)
    local body = redis.call('HGET', KEYS[2], id)
    for _, value in ipairs({ here, redis.call('HGET', KEYS[1], id), body }) do reply[#reply + 1] = value end
    found, bytes = found + 1, bytes + #body
  end
  if found == limit or examined == MOST_EXAMINED or bytes >= MOST_BYTES then return reply end
end
