-- Removes one document and announces the scope. Its version stays, so that a document made anew goes on from there.
--
-- KEYS  1 scope's version  2 versions  3 bodies  4 members  5 index
-- ARGV  1 channel  2 scope  3 id  4 expected version, '' for any
-- Reply: 1 if it was removed

local id = ARGV[3]
if redis.call('HEXISTS', KEYS[3], id) == 0 then return 0 end
if ARGV[4] ~= '' and redis.call('HGET', KEYS[2], id) ~= ARGV[4] then return 0 end

for _, member in ipairs(cmsgpack.unpack(redis.call('HGET', KEYS[4], id))) do redis.call('ZREM', KEYS[5], member) end
redis.call('HDEL', KEYS[4], id)
redis.call('HDEL', KEYS[3], id)
redis.call('INCR', KEYS[1])
redis.call('PUBLISH', ARGV[1], ARGV[2])
return 1
