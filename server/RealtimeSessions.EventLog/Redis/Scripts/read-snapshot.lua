-- Reads the newest snapshot at or before a sequence.
--
-- KEYS  1 meta  2 latest state  3 base state
-- ARGV  1 sequence
-- Reply: epoch, sequence, state; nothing if there is none

local meta = redis.call('HMGET', KEYS[1], 'epoch', 'latest', 'base')
for i, sequence in ipairs({ meta[2], meta[3] }) do
  if sequence and tonumber(sequence) <= tonumber(ARGV[1]) then
    return { meta[1], sequence, redis.call('GET', KEYS[i + 1]) }
  end
end
return false
