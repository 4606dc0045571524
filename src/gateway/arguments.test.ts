import { expect, test } from 'vitest'
import { readArguments } from './arguments.ts'

const SERVE = {
  kind: 'serve',
  regions: 3,
  port: 7001,
  controlPort: 7000,
  host: '127.0.0.1',
  password: undefined,
  latencyMs: 50,
  xaddId: 'strict',
  causal: false,
  seed: undefined,
  testMode: false,
  persist: undefined,
}

test.each([
  [['run', 'a.md', 'b.md'], { kind: 'run', files: ['a.md', 'b.md'], against: [], flush: false }],
  [
    ['run', '--flush', '--against', 'redis://a:1,rediss://u:p@b', 'a.md'],
    { kind: 'run', files: ['a.md'], against: [new URL('redis://a:1'), new URL('rediss://u:p@b')], flush: true },
  ],
  [
    ['run', '--against', 'a:1', 'a.md'],
    {
      kind: 'mistake',
      text: 'run: --against: expected redis://host:port, one per region, separated by commas; found ‘a:1’',
    },
  ],
  [['open'], { kind: 'open', port: 4173 }],
  [['open', '--port', '0'], { kind: 'open', port: 0 }],
  [['open', '--port', '70000'], { kind: 'mistake', text: 'open: --port: expected 0 to 65535, found ‘70000’' }],
  [['open', 'x'], { kind: 'mistake', text: 'open: unexpected ‘x’' }],
  [['serve'], SERVE],
  [
    [
      'serve',
      '--regions',
      '5',
      '--port',
      '9000',
      '--latency',
      '2s',
      '--seed',
      '3',
      '--test-mode',
      '--xadd-id',
      'liberal',
    ],
    {
      ...SERVE,
      regions: 5,
      port: 9000,
      controlPort: 8999,
      latencyMs: 2000,
      seed: 3,
      testMode: true,
      xaddId: 'liberal',
    },
  ],
  [['serve', '--bind', '0.0.0.0', '--password', 'x'], { ...SERVE, host: '0.0.0.0', password: 'x' }],
  [['serve', '--causal', 'on'], { ...SERVE, causal: true }],
  [['serve', '--causal', 'off', '--persist', 'd', '--port', '0'], { ...SERVE, persist: 'd', port: 0, controlPort: 0 }],
  ...(
    [
      ['--bind 0.0.0.0', '--bind 0.0.0.0 can be reached from other machines: give a --password'],
      ['--bind 128.0.0.1', '--bind 128.0.0.1 can be reached from other machines: give a --password'],
      ['--regions 1', '--regions: expected a number from 2 to 10, found ‘1’'],
      ['--regions 11', '--regions: expected a number from 2 to 10, found ‘11’'],
      ['--regions x', '--regions: expected a number from 2 to 10, found ‘x’'],
      ['--port 65535', '--port: expected a number from 0 to 65532, found ‘65535’'],
      ['--port 7000 --control-port 7002', "--control-port: 7002 is a region's port (7000 to 7002)"],
      ['--causal maybe', '--causal: expected on or off, found ‘maybe’'],
      ['--latency fast', '--latency: expected a duration such as 80ms or 1s, found ‘fast’'],
      ['--xadd-id lax', '--xadd-id: expected strict, semi-strict, liberal, found ‘lax’'],
    ] as const
  ).map(([words, text]): [string[], object] => [
    ['serve', ...words.split(' ')],
    { kind: 'mistake', text: `serve: ${text}` },
  ]),
  [['--help'], { kind: 'help' }],
  [['run', '-h'], { kind: 'help' }],
  [['--version'], { kind: 'version' }],
  [[], { kind: 'mistake', text: 'expected a command: run, serve or open' }],
  [['walk'], { kind: 'mistake', text: 'unknown command ‘walk’: expected run, serve or open' }],
  [['run'], { kind: 'mistake', text: 'run: expected at least one scenario file' }],
  [['run', '--fast', 'a.md'], { kind: 'mistake', text: "Unknown option '--fast'" }],
] as [string[], object][])('%j', (words, request) => {
  expect(readArguments(words)).toEqual(request)
})
