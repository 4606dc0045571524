/** A few hand-written commands that together have every shape of argument, for tests of hints, completion and help. */
import type { ArgumentDoc, CommandDoc } from '../../engine/index.ts'

const key: ArgumentDoc = { name: 'key', type: 'key' }
const string = (name: string): ArgumentDoc => ({ name, type: 'string' })
const integer = (name: string): ArgumentDoc => ({ name, type: 'integer' })
const named = (token: string, argument: ArgumentDoc): ArgumentDoc => ({ ...argument, token })
const flag = (token: string): ArgumentDoc => ({ name: token.toLowerCase(), type: 'pure-token', token })
const oneOf = (name: string, ...choices: ArgumentDoc[]): ArgumentDoc => ({ name, type: 'oneof', arguments: choices })
const block = (name: string, ...parts: ArgumentDoc[]): ArgumentDoc => ({ name, type: 'block', arguments: parts })
const optional = (argument: ArgumentDoc): ArgumentDoc => ({ ...argument, optional: true })
const many = (argument: ArgumentDoc): ArgumentDoc => ({ ...argument, multiple: true })

function command(name: string, group: string, summary: string, ...list: ArgumentDoc[]): CommandDoc {
  return {
    name,
    group,
    summary,
    since: '1.0.0',
    complexity: 'O(1)',
    arity: -2,
    flags: [],
    arguments: list,
    activeActive: `How ${name} differs.`,
    support: { kind: 'full' },
  }
}

export const COMMAND_DOCS: readonly CommandDoc[] = [
  command('PING', 'connection', 'Answers.', optional(string('message'))),
  command('GET', 'string', 'Reads a string.', key),
  command(
    'SET',
    'string',
    'Writes a string.',
    key,
    string('value'),
    optional(oneOf('condition', flag('NX'), flag('XX'))),
    optional(flag('GET')),
    optional(
      oneOf(
        'expiration',
        named('EX', integer('seconds')),
        named('PX', integer('milliseconds')),
        named('EXAT', { name: 'unix-time-seconds', type: 'unix-time' }),
        named('PXAT', { name: 'unix-time-milliseconds', type: 'unix-time' }),
        flag('KEEPTTL'),
      ),
    ),
  ),
  command('DEL', 'generic', 'Deletes keys.', many(key)),
  command(
    'EXPIRE',
    'generic',
    'Sets a time to live.',
    key,
    integer('seconds'),
    optional(oneOf('condition', flag('NX'), flag('XX'), flag('GT'), flag('LT'))),
  ),
  command('HSET', 'hash', 'Writes fields.', key, many(block('data', string('field'), string('value')))),
  command('LPOP', 'list', 'Pops from the left.', key, optional(integer('count'))),
  command('BLPOP', 'list', 'Waits and pops.', many(key), { name: 'timeout', type: 'double' }),
  command('LMOVE', 'list', 'Moves an element.', key, oneOf('from', flag('LEFT'), flag('RIGHT'))),
  command(
    'SINTERCARD',
    'set',
    'Counts an intersection.',
    integer('numkeys'),
    many(key),
    optional(named('LIMIT', integer('limit'))),
  ),
  command(
    'ZRANGE',
    'sorted-set',
    'Reads a range.',
    key,
    string('start'),
    string('stop'),
    optional(oneOf('sortby', flag('BYSCORE'), flag('BYLEX'))),
    optional(flag('REV')),
    optional(named('LIMIT', block('limit', integer('offset'), integer('count')))),
    optional(flag('WITHSCORES')),
  ),
  command('SORT', 'generic', 'Sorts.', key, {
    ...optional(many(named('GET', { name: 'pattern', type: 'pattern' }))),
    multipleToken: true,
  }),
  command(
    'XADD',
    'stream',
    'Appends an entry.',
    key,
    optional(flag('NOMKSTREAM')),
    optional(
      block(
        'trim',
        oneOf('strategy', flag('MAXLEN'), flag('MINID')),
        optional(oneOf('operator', flag('='), flag('~'))),
        string('threshold'),
        optional(named('LIMIT', integer('count'))),
      ),
    ),
    oneOf('id-selector', flag('*'), string('id')),
    many(block('data', string('field'), string('value'))),
  ),
  command(
    'XREAD',
    'stream',
    'Reads streams.',
    optional(named('COUNT', integer('count'))),
    optional(named('BLOCK', integer('milliseconds'))),
    named('STREAMS', block('streams', many(key), many(string('id')))),
  ),
  command('CONFIG GET', 'server', 'Reads settings.', many(string('parameter'))),
  command('CONFIG SET', 'server', 'Changes settings.', many(block('data', string('parameter'), string('value')))),
  {
    ...command('MIGRATE', 'generic', 'Moves keys.', string('host')),
    support: { kind: 'refused', reason: 'Keys cannot leave an Active-Active database.', alternative: 'DUMP' },
  },
]
