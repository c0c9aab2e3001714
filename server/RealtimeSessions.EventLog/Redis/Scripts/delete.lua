-- Removes a log, leaves a tombstone and wakes its tails.
--
-- KEYS  1 meta  2 and following: everything else of the log
-- ARGV  1 channel
-- Reply: 1 if there was such a log

if redis.call('HEXISTS', KEYS[1], 'epoch') == 0 then return 0 end
redis.call('UNLINK', unpack(KEYS))
redis.call('HSET', KEYS[1], 'deleted', '1')
redis.call('PUBLISH', ARGV[1], '')
return 1
