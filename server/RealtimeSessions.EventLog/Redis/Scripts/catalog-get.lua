-- Reads one document.
--
-- KEYS  1 versions  2 bodies
-- ARGV  1 id
-- Reply: version, body; nothing if there is none

local body = redis.call('HGET', KEYS[2], ARGV[1])
return body and { redis.call('HGET', KEYS[1], ARGV[1]), body }
