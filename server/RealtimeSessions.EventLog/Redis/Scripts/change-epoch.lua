-- Gives a log another epoch, if it still has the expected one, and wakes its tails. The latest snapshot goes: a server that had seen
-- what was lost may have written it. The base stays, since nothing could replace it.
--
-- KEYS  1 meta  2 latest state
-- ARGV  1 channel  2 expected epoch  3 new epoch
-- Reply: 1 if it was changed

if redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], 'epoch', ARGV[3])
redis.call('HDEL', KEYS[1], 'latest', 'latest_size')
redis.call('UNLINK', KEYS[2])
redis.call('PUBLISH', ARGV[1], '')
return 1
