// What Redis does in one step each: nothing comes between a count and what depends on it. A code is the hash KEYS[1]
// with its tries, KEYS[2] counts what was sent, and KEYS[2] .. ':wait' is there for as long as the next has to wait.

/**
 * Stores a code unless the last one is too young or a budget is used up; a refusal counts nothing.
 * KEYS: code, sent, a counter for each budget · ARGV: hash, code seconds, memory seconds, codes and seconds of each
 * budget…, waits… · returns { 0, seconds to wait before the next }, { -1, seconds left to wait }, or { the number of the
 * budget, from 1, seconds until its window ends }.
 */
export const ISSUE = `
local wait = redis.call('PTTL', KEYS[2] .. ':wait')
if wait > 0 then return { -1, math.ceil(wait / 1000) } end
for n = 3, #KEYS do
  if tonumber(redis.call('GET', KEYS[n]) or '0') >= tonumber(ARGV[2 * n - 2]) then
    return { n - 2, math.max(1, math.ceil(redis.call('PTTL', KEYS[n]) / 1000)) }
  end
end
for n = 3, #KEYS do
  if redis.call('INCR', KEYS[n]) == 1 then redis.call('EXPIRE', KEYS[n], ARGV[2 * n - 1]) end
end
local sent = redis.call('INCR', KEYS[2])
if sent == 1 then redis.call('EXPIRE', KEYS[2], ARGV[3]) end
local pause = tonumber(ARGV[math.min(2 * #KEYS - 1 + sent, #ARGV)])
redis.call('SET', KEYS[2] .. ':wait', '1', 'EX', pause)
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'hash', ARGV[1], 'tries', '0')
redis.call('EXPIRE', KEYS[1], ARGV[2])
return { 0, pause }`

/**
 * Forgets a code that never went out, and gives back what it was counted as. Another code in its place stays.
 * KEYS: as for ISSUE · ARGV: hash
 */
export const WITHDRAW = `
if redis.call('HGET', KEYS[1], 'hash') ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1], KEYS[2] .. ':wait')
for n = 2, #KEYS do
  if tonumber(redis.call('GET', KEYS[n]) or '0') > 0 then redis.call('DECR', KEYS[n]) end
end
return 1`

/**
 * Compares each code once; only when all are right are they used up.
 * KEYS: code and sent, of each · ARGV: tries allowed, the hash of each… · returns { verdict, the number of the code it
 * is about, from 1, seconds until another may be asked for }: 1 right, 0 wrong, -1 none there, -2 too many tries.
 */
export const REDEEM = `
local count = #KEYS / 2
for n = 1, count do
  if redis.call('EXISTS', KEYS[2 * n - 1]) == 0 then return { -1, n, 0 } end
end
local spent, wrong = 0, 0
for n = count, 1, -1 do
  if redis.call('HINCRBY', KEYS[2 * n - 1], 'tries', 1) > tonumber(ARGV[1]) then spent = n end
  if redis.call('HGET', KEYS[2 * n - 1], 'hash') ~= ARGV[n + 1] then wrong = n end
end
if spent > 0 then
  return { -2, spent, math.max(0, math.ceil(redis.call('PTTL', KEYS[2 * spent] .. ':wait') / 1000)) }
end
if wrong > 0 then return { 0, wrong, 0 } end
for n = 1, #KEYS do redis.call('DEL', KEYS[n], KEYS[n] .. ':wait') end
return { 1, 0, 0 }`
