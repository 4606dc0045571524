/**
 * The rules by which an Active-Active database behaves, each with a name that tests, resolutions and the page's explanations share. A
 * resolution may only name a rule that stands here.
 */
export interface Rule {
  readonly title: string
  /** One or two sentences for somebody who has just seen the rule at work. */
  readonly explanation: string
}

const rules = {
  G1: {
    title: 'Every region always serves',
    explanation:
      'Reads and writes are answered by the local region at once; what was written travels afterwards. A cut link delays the travelling, never the answer.',
  },
  G2: {
    title: 'Same effects, same state',
    explanation:
      'Two regions that have received the same writes hold the same data, in whatever order those writes came in.',
  },
  G3: {
    title: 'Later knowledge wins',
    explanation:
      'This write was made by a region that had already seen the other one, so it simply follows it. Conflict rules are for writes that did not know of each other.',
  },
  G4: {
    title: 'The clock only breaks ties',
    explanation:
      'Wall-clock time is asked only when writes are concurrent. A write that had seen another one wins even if its region’s clock runs behind.',
  },
  G5: {
    title: 'Equal time: the lower region number',
    explanation:
      'Both writes carry the very same timestamp, so the region with the smaller number wins, in every region alike.',
  },
  G6: {
    title: 'Keep all contenders, choose on read',
    explanation:
      'Every concurrent write is kept beside the others, and the winner is picked when the value is read. So no order of arrival can lead two regions to different winners.',
  },
  G7: {
    title: 'Two to ten regions',
    explanation: 'An Active-Active database spans at least two and at most ten regions.',
  },
  G8: {
    title: 'DBSIZE counts headers',
    explanation:
      'The number may be higher than the keys that can be read, as long as a conflict or a removal is still being settled.',
  },
  G9: {
    title: 'Only data travels',
    explanation: 'Configuration, scripts and functions stay in the region where they were set.',
  },
  G10: {
    title: 'One key, two types',
    explanation:
      'Two regions made this key at the same time with different types. Both values are kept; the one with a live write of the lowest region number shows, and deleting the key removes both.',
  },
  S1: {
    title: 'Last write wins',
    explanation:
      'Both regions assigned the whole string without knowing of each other. The assignment with the later wall-clock time stays.',
  },
  S2: {
    title: 'A string may be a number',
    explanation: 'A numeric string can be counted up or down directly; nothing has to be declared beforehand.',
  },
  S3: { title: 'Counters are strings', explanation: 'TYPE answers “string” for a counter as well.' },
  S4: {
    title: 'A new value outlives DEL',
    explanation:
      'DEL removes the value that its region could see. An assignment made elsewhere at the same time was not among it, so it stays.',
  },
  C1: {
    title: 'Increments add up',
    explanation:
      'Counting in several regions at once loses nothing: every increment and decrement goes into the total.',
  },
  C2: {
    title: '59-bit counters',
    explanation:
      'A counter holds whole numbers from −2⁵⁸ to 2⁵⁸−1 exactly. A step beyond that is an error and changes nothing.',
  },
  C3: {
    title: 'A base and its increments',
    explanation:
      'A number is the winning assignment plus all increments that are still alive. An assignment or a removal takes away only those increments it had seen.',
  },
  C4: {
    title: 'Text hides increments',
    explanation: 'The winning assignment is not a number, so concurrent increments do not show.',
  },
  C5: {
    title: 'Exact decimal sums',
    explanation:
      'Float increments are added as decimals without rounding, so the order of arrival cannot change the result.',
  },
  C6: { title: 'Zero is still there', explanation: 'A counter that was counted back to 0 exists and reads 0.' },
  H1: {
    title: 'Fields unite, additions win',
    explanation:
      'Fields set in different regions end up side by side. HDEL removes what it had seen; a concurrent write of the field survives it.',
  },
  H2: {
    title: 'Fields behave like strings and counters',
    explanation:
      'A field that was assigned in two regions keeps the later assignment; a field that was counted in two regions keeps the sum.',
  },
  H3: {
    title: 'Fields can expire',
    explanation: 'Each hash field may have a lifetime of its own, under the rules for keys.',
  },
  T1: {
    title: 'Add wins',
    explanation:
      'SREM takes away the additions it had seen. A concurrent SADD of the same member was not among them, so the member stays, even where it had been present before.',
  },
  T2: {
    title: 'The choice travels, not the command',
    explanation:
      'SPOP and its like pick members in one region; all others remove exactly those, instead of choosing again.',
  },
  T3: {
    title: 'A stored result replaces',
    explanation: 'The destination’s visible content goes, and the result as computed in this region comes in.',
  },
  Z1: {
    title: 'Members unite, additions win',
    explanation:
      'Members added in different regions end up in one sorted set. ZREM removes what it had seen of a member; a concurrent ZADD or ZINCRBY of it survives.',
  },
  Z2: {
    title: 'The later score wins',
    explanation:
      'Two regions gave one member different scores without knowing of each other. The one with the later wall-clock time stays.',
  },
  Z3: {
    title: 'Score increments add up',
    explanation:
      'ZINCRBY sends the increment, not the sum: every increment counts. They are added exactly and rounded once, so all regions show the same digits.',
  },
  Z4: {
    title: 'Places are scores',
    explanation: 'A geo position is the score of a member of a sorted set, so the rules for sorted sets hold for it.',
  },
  P1: {
    title: 'Registers unite, DEL wins',
    explanation:
      'A HyperLogLog keeps the greater of each register, as if one region had seen every element. It cannot tell elements apart, so deleting it also takes what was added, or how its lifetime was set, without knowledge of the deletion.',
  },
  P2: {
    title: 'A string to GET and SET only',
    explanation:
      'A HyperLogLog can be read and assigned in its string form, and assigning anything else makes a plain string. Other string commands do not work on it.',
  },
  P3: {
    title: 'The same estimate everywhere',
    explanation: 'Equal registers give an equal count, in every region and in Redis itself.',
  },
  E1: {
    title: 'One stream, a log per region',
    explanation:
      'Every region appends to a log of its own, and reading merges the logs by entry ID. Removing an entry removes what its region had seen.',
  },
  E2: {
    title: 'Who chooses entry IDs',
    explanation:
      'The database setting says which IDs XADD takes. Where applications choose whole IDs, two regions may choose the same one, and the stream then holds both entries.',
  },
  E3: {
    title: 'Generated IDs name the region',
    explanation:
      'The sequence part of a generated ID leaves the region’s number when divided by 16, so two regions never generate the same ID.',
  },
  E4: {
    title: 'XREAD may pass an entry over',
    explanation:
      'An entry of another region may arrive late with an ID smaller than what was read already. XREAD has moved on; XREADGROUP still delivers it.',
  },
  E5: {
    title: 'Deleting a group wins',
    explanation:
      'XGROUP DESTROY, and DEL of the stream, also take away a group that was made elsewhere at the same time.',
  },
  E6: {
    title: 'Acknowledged in order',
    explanation:
      'Consumers and pending lists stay in their region. An acknowledgement travels once everything read up to that entry is acknowledged.',
  },
  E7: {
    title: 'An ID stands for all its entries',
    explanation:
      'XDEL, XCLAIM and their like act on every entry with the ID. XSETID never goes back, and copies of a stream have no groups.',
  },
  E8: {
    title: 'Unseen entries survive DEL',
    explanation: 'Deleting or trimming removes the entries that its region had seen. Others arrive and stay.',
  },
  E9: {
    title: 'An empty stream exists',
    explanation:
      'A stream emptied by XDEL or XTRIM is still there and keeps its last ID. One that only MKSTREAM made lives as long as it has a group.',
  },
  L1: {
    title: 'Only what was seen is removed',
    explanation:
      'A pop, LREM, LTRIM or DEL takes away the elements that its region could see. What another region pushed or inserted meanwhile stays.',
  },
  L2: {
    title: 'One order everywhere',
    explanation:
      'Elements inserted at the same place in several regions all stay, in the same order in every region: the region with the smaller number comes first.',
  },
  L3: {
    title: 'Popped at least once',
    explanation:
      'A pop answers from the region’s own data. Two regions may pop the same element at the same time; the list ends without it in both.',
  },
  L4: {
    title: 'Pushes stay together',
    explanation: 'What one region pushed in a row is not torn apart by what another region pushed at the same time.',
  },
  L5: {
    title: 'LSET assigns in place',
    explanation:
      'Of several LSETs of one element the last one, by the clock, stays. Had the element been removed elsewhere, the removal wins.',
  },
  J1: {
    title: 'The smaller region’s value stays',
    explanation:
      'Two regions put a value at one place of a document at once. The one of the smaller replica id is shown, with all that lies in it; the clock is not asked.',
  },
  J2: {
    title: 'New beats deleted, deleted beats changed',
    explanation:
      'A value that was set anew wins over a concurrent deletion and over changes inside the old value; a deletion wins over changes inside what it deleted.',
  },
  J3: {
    title: 'Fields of an object unite',
    explanation:
      'Fields added in different regions end up side by side. JSON.CLEAR and JSON.DEL take out what they had seen, and nothing else.',
  },
  J4: {
    title: 'Arrays merge',
    explanation:
      'Elements keep the order that each region gave them, and one region’s additions stay together. A removed element stays removed, even if it was changed elsewhere.',
  },
  J5: {
    title: 'Numbers add up',
    explanation:
      'Increments of one number made in different regions are all counted. Multiplying, appending to a string and toggling set a new value.',
  },
  J6: {
    title: 'Two notations for paths',
    explanation:
      'A path that begins with $ may find many values, and the reply lists them all; the older notation means one value and replies with it alone.',
  },
  X1: {
    title: 'The longest lifetime wins',
    explanation:
      'Two regions changed the time to live at once, so the longer one holds; PERSIST counts as endless. A region that had seen the earlier change may shorten it.',
  },
  X2: {
    title: 'Expiry has an owner',
    explanation:
      'The region whose EXPIRE won removes the key when its time is up and tells the others. Until then they only hide it.',
  },
  X3: { title: 'Lifetimes up to 2⁴⁹ ms', explanation: 'An expiry time must lie between 0 and 2⁴⁹ milliseconds.' },
  X4: {
    title: 'A fresh value has no lifetime',
    explanation:
      'Replacing or re-creating a key clears the time to live that was known here. An EXPIRE made elsewhere at the same time stays.',
  },
  M1: {
    title: 'Messages reach every region',
    explanation:
      'PUBLISH is replicated, so subscribers hear it wherever they are. It is no data: a backlog may hold it for a while, a full sync does not bring it.',
  },
  M3: {
    title: 'Transactions arrive whole',
    explanation:
      'What MULTI … EXEC or a script wrote is applied elsewhere as one unit. WATCH also notices writes that arrive from other regions.',
  },
  M4: {
    title: 'Not in an Active-Active database',
    explanation:
      'The command is refused here, because it could not work across regions; the error names what to use in its place.',
  },
  R1: {
    title: 'In order, exactly once',
    explanation: 'Writes from one region arrive in the order in which they were made there, and none arrives twice.',
  },
  R2: {
    title: 'Catching up',
    explanation:
      'After a broken connection a region asks for what it missed. If the other side no longer holds that, the whole state is sent and merged.',
  },
  R3: {
    title: 'No order between different regions',
    explanation:
      'A third region may see an answer before the question it belongs to, unless causal consistency is switched on.',
  },
  R4: {
    title: 'Tombstones wait for everyone',
    explanation:
      'What was deleted leaves a mark until every region has seen the deletion. While one is out of reach, the marks stay.',
  },
  R6: {
    title: 'Regions come and go',
    explanation:
      'A new region serves reads at once and writes once it has synced. One that was removed by force is turned away: what it had not sent is lost, and it can only come back as a new region.',
  },
  R7: {
    title: 'A restart brings back what was on disk',
    explanation:
      'A region that restarts has what it had persisted. Until it has caught up with the others it is stale, and says so.',
  },
  R8: {
    title: 'Memory is each region’s own',
    explanation:
      'From 80 % of its limit on a region evicts, if it has a policy for it, and the removals replicate. In the last 5 % it refuses its clients’ writes and still takes those of the others.',
  },
} as const satisfies Record<string, Rule>

export type RuleId = keyof typeof rules

export const RULES: Readonly<Record<RuleId, Rule>> = rules

/** The rule of that name, or undefined when there is none. */
export function ruleOf(id: string): Rule | undefined {
  return Object.hasOwn(RULES, id) ? RULES[id as RuleId] : undefined
}

export interface RuleGroup {
  /** The letters with which the names of its rules begin. */
  readonly letter: string
  readonly name: string
  /** Where Redis's own documentation tells of it. */
  readonly documentation: string
}

const DOCUMENTATION = 'https://redis.io/docs/latest/operate/rs/databases/active-active/'

const group = (letter: string, name: string, page: string): RuleGroup => ({
  letter,
  name,
  documentation: DOCUMENTATION + page,
})

export const RULE_GROUPS: readonly RuleGroup[] = [
  group('G', 'In general', ''),
  group('S', 'Strings', 'develop/data-types/strings/'),
  group('C', 'Counters', 'develop/data-types/strings/'),
  group('H', 'Hashes', 'develop/data-types/hashes/'),
  group('T', 'Sets', 'develop/data-types/sets/'),
  group('Z', 'Sorted sets', 'develop/data-types/sorted-sets/'),
  group('L', 'Lists', 'develop/data-types/lists/'),
  group('E', 'Streams', 'develop/data-types/streams/'),
  group('P', 'HyperLogLogs', 'develop/data-types/hyperloglog/'),
  group('J', 'JSON', 'develop/data-types/json/'),
  group('X', 'Expiry', 'develop/develop-for-aa/'),
  group('M', 'Commands', 'develop/develop-for-aa/'),
  group('R', 'Replication', 'causal-consistency/'),
]

/** The group of a rule, by the letter of its name. */
export function groupOfRule(id: string): RuleGroup | undefined {
  return RULE_GROUPS.find(({ letter }) => id.startsWith(letter))
}
