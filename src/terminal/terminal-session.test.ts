import { describe, expect, test } from 'vitest'
import { boolean, double, error, map, NULL_ARRAY, OK, type Reply, set, verbatim } from '../engine/index.ts'
import { indexCommands } from './command-index.ts'
import {
  afterReply,
  type LineAction,
  NEW_SESSION,
  promptText,
  reconnected,
  showReply,
  submitLine,
  type TerminalSession,
} from './terminal-session.ts'
import { COMMAND_DOCS } from './testing/command-docs.ts'
import { INVALID_ARGUMENTS } from './tokenizer.ts'

const index = indexCommands(COMMAND_DOCS)
const push = (...items: readonly Reply[]): Reply => ({ type: 'push', items })
const action = (line: string): LineAction => submitLine(NEW_SESSION, line, index).action
const shown = (line: string): string => {
  const done = action(line)
  return done.type === 'show' || done.type === 'quit' ? done.text : `(${done.type})`
}

describe('a submitted line', () => {
  test('is sent as a command, known or not', () => {
    expect(action('SET k "a b"')).toEqual({ type: 'send', argv: ['SET', 'k', 'a b'], repeat: 1 })
    expect(action('nonsense')).toEqual({ type: 'send', argv: ['nonsense'], repeat: 1 })
    expect(action('123')).toEqual({ type: 'send', argv: ['123'], repeat: 1 })
  })

  test('with a count in front is sent that often', () => {
    expect(action('5 INCR x')).toEqual({ type: 'send', argv: ['INCR', 'x'], repeat: 5 })
    for (const count of ['0', '-1', '10001', '99999999999999999999']) {
      expect(shown(`${count} INCR x`)).toContain('Invalid repeat count')
    }
  })

  test('that is blank or badly quoted is not sent', () => {
    expect(action('  ')).toEqual({ type: 'nothing' })
    expect(shown('GET "a')).toBe(INVALID_ARGUMENTS)
  })

  test('may be for the terminal itself', () => {
    expect(action('clear')).toEqual({ type: 'clear' })
    expect(action('QUIT').type).toBe('quit')
    expect(action('exit').type).toBe('quit')
  })

  test(':set turns hints off and on, and says what it accepts', () => {
    const off = submitLine(NEW_SESSION, ':set nohints', index).session
    expect(off.hints).toBe(false)
    expect(reconnected(off).hints).toBe(false)
    expect(submitLine(off, ':set HINTS', index).session.hints).toBe(true)
    expect(shown(':set colours')).toContain("':set colours'. Accepted: :set hints, :set nohints")
  })
})

describe('help', () => {
  test('names the ways to ask and the groups', () => {
    expect(shown('help')).toContain('@hash')
    expect(shown('?')).toBe(shown('help'))
  })

  test('of a command gives syntax, summary, since, group and what differs', () => {
    expect(shown('help expire').split('\n')).toEqual([
      '  EXPIRE key seconds [NX | XX | GT | LT]',
      '  summary: Sets a time to live.',
      '  since: 1.0.0',
      '  group: generic',
      '  Active-Active: How EXPIRE differs.',
    ])
    expect(shown('help config')).toMatch(/CONFIG GET[^]*CONFIG SET/)
    expect(shown('help migrate')).toContain(
      'not available here: Keys cannot leave an Active-Active database. Use instead: DUMP',
    )
  })

  test('of a group lists its commands; of neither says so', () => {
    expect(shown('help @Stream')).toMatch(/XADD key[^]*XREAD/)
    expect(shown('help @Stream')).not.toContain('HSET')
    expect(shown('help @nope')).toContain('@string')
    expect(shown('help no\\such')).toContain('No help for')
  })
})

describe('the prompt', () => {
  const run = (...steps: readonly (readonly [line: string, reply: Reply])[]): TerminalSession =>
    steps.reduce((session, [line, reply]) => afterReply(session, line.split(' '), reply), NEW_SESSION)

  test('shows a transaction from MULTI to EXEC or DISCARD', () => {
    expect(promptText(run(['multi', OK]), 'region-1:1')).toBe('region-1:1(TX)> ')
    expect(promptText(run(['MULTI', error('ERR MULTI calls can not be nested')]), 'a')).toBe('a> ')
    expect(promptText(run(['MULTI', OK], ['EXEC', []]), 'a')).toBe('a> ')
    expect(promptText(run(['MULTI', OK], ['EXEC', NULL_ARRAY]), 'a')).toBe('a> ')
    expect(promptText(run(['MULTI', OK], ['EXEC', error('EXECABORT Transaction discarded')]), 'a')).toBe('a> ')
    expect(promptText(run(['MULTI', OK], ['DISCARD', OK]), 'a')).toBe('a> ')
    expect(promptText(run(['MULTI', OK], ['DISCARD x', error('ERR wrong number')]), 'a')).toBe('a(TX)> ')
    expect(promptText(run(['MULTI', OK], ['RESET', { type: 'status', text: 'RESET' }]), 'a')).toBe('a> ')
  })

  test('shows subscribe mode until nothing is subscribed', () => {
    const subscribed = run(['SUBSCRIBE a', push('subscribe', 'a', 1)])
    expect(promptText(subscribed, 'a')).toBe('a(subscribed mode)> ')
    expect(afterReply(subscribed, ['UNSUBSCRIBE'], push('unsubscribe', 'a', 0)).mode).toBe('commands')
    expect(afterReply(subscribed, ['UNSUBSCRIBE', 'b'], push('unsubscribe', 'b', 1)).mode).toBe('subscribed')
    expect(run(['MULTI', OK], ['SUBSCRIBE a', { type: 'status', text: 'QUEUED' }]).mode).toBe('commands')
  })

  test('HELLO 3 and 2 switch the protocol, a refused HELLO does not', () => {
    expect(run(['HELLO 3', []]).protocol).toBe(3)
    expect(run(['HELLO 3', []], ['HELLO', []]).protocol).toBe(3)
    expect(run(['HELLO 3', []], ['HELLO 2', []]).protocol).toBe(2)
    expect(run(['HELLO 4', error('NOPROTO unsupported protocol version')]).protocol).toBe(2)
  })
})

test('INFO is shown as lines, an error to it as an error', () => {
  expect(showReply(NEW_SESSION, ['INFO'], '# Server\r\na:1\r\n')).toBe('# Server\na:1')
  expect(showReply(NEW_SESSION, ['INFO'], error('ERR no'))).toBe('(error) ERR no')
  expect(showReply(NEW_SESSION, ['GET', 'a'], 'x\n')).toBe('"x\\n"')
})

test('replies are shown in RESP3 types only after HELLO 3', () => {
  const reply = map(['a', double(1.5), 'b', [set(['x']), boolean(true), verbatim('line')]])
  const asked = afterReply(NEW_SESSION, ['HELLO', '3'], map([]))
  expect(showReply(NEW_SESSION, ['X'], reply).split('\n')).toEqual([
    '1) "a"',
    '2) "1.5"',
    '3) "b"',
    '4) 1) 1) "x"',
    '   2) (integer) 1',
    '   3) "line"',
  ])
  expect(showReply(asked, ['X'], reply).split('\n')).toEqual([
    '1# "a" => (double) 1.5',
    '2# "b" => ',
    '   1) 1~ "x"',
    '   2) (true)',
    '   3) line',
  ])
})

test('an invalidation is shown as redis-cli shows it', () => {
  const asked = afterReply(NEW_SESSION, ['HELLO', '3'], map([]))
  expect(showReply(asked, [], push('invalidate', ['a', 'b']))).toBe("-> invalidate: 'a', 'b'")
  expect(showReply(asked, [], push('invalidate', null))).toBe('-> invalidate: ')
})
