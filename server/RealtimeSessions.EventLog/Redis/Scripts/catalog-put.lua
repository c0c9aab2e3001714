-- Writes one document whole, replaces its members of the index and announces the scope.
--
-- KEYS  1 scope's version  2 versions  3 bodies  4 members  5 index
-- ARGV  1 channel  2 scope  3 id  4 expected version, 0 for none there, '' for any  5 body  6 and following: members of the index
-- Reply: the new version, or 0 if another one than expected is there

local id = ARGV[3]
if ARGV[4] ~= '' then
  local version = redis.call('HEXISTS', KEYS[3], id) == 1 and redis.call('HGET', KEYS[2], id) or '0'
  if version ~= ARGV[4] then return 0 end
end

local wanted, members = {}, {}
for i = 6, #ARGV do
  if not wanted[ARGV[i]] then members[#members + 1] = ARGV[i] end
  wanted[ARGV[i]] = true
end

local packed = redis.call('HGET', KEYS[4], id)
for _, member in ipairs(packed and cmsgpack.unpack(packed) or {}) do
  if wanted[member] then
    wanted[member] = nil
  else
    redis.call('ZREM', KEYS[5], member)
  end
end
for member in pairs(wanted) do redis.call('ZADD', KEYS[5], 0, member) end

redis.call('HSET', KEYS[4], id, cmsgpack.pack(members))
redis.call('HSET', KEYS[3], id, ARGV[5])
redis.call('INCR', KEYS[1])
redis.call('PUBLISH', ARGV[1], ARGV[2])
return redis.call('HINCRBY', KEYS[2], id, 1)
