import { map, OK } from '../../reply.ts'
import { block, many, str } from '../arguments.ts'
import { command, type CommandFlag } from '../command.ts'
import { fail, wrongArity } from '../errors.ts'
import { matchesGlob } from '../../glob.ts'
import { configure } from '../../configure.ts'
import type { Instance } from '../../instance.ts'
import { PARAMETERS, type Parameter } from './config-parameters.ts'
import { keptName, TEST_PARAMETERS, UNKNOWN_PARAMETER } from './test-parameters.ts'

const flags: readonly CommandFlag[] = ['admin', 'noscript', 'loading', 'stale']
const about = {
  group: 'server',
  flags,
  activeActive: 'Configuration belongs to one region and is not replicated (G9).',
}

/** The settings of an instance by name. */
export function parametersOf({ options }: Instance): ReadonlyMap<string, Parameter> {
  return options.testMode === true ? TEST_PARAMETERS : PARAMETERS
}

/** The present value of a setting, as CONFIG GET shows it. */
export function settingOf(instance: Instance, name: string): string {
  return instance.config.get(keptName(name)) ?? parametersOf(instance).get(name)?.initial ?? ''
}

function parameterOf(instance: Instance, name: string): Parameter | undefined {
  return parametersOf(instance).get(name) ?? (instance.options.testMode === true ? UNKNOWN_PARAMETER : undefined)
}

/** CONFIG GET pattern [pattern …] → map of names and values. */
export const configGet = command({
  ...about,
  name: 'CONFIG GET',
  since: '2.0.0',
  summary: 'Shows the settings whose names match.',
  complexity: 'O(N) for N settings',
  args: { parameters: many(str('parameter')) },
  run({ instance }, { parameters }) {
    const patterns = parameters.map((pattern) => pattern.toLowerCase())
    const entries: string[] = []
    for (const name of new Set([...parametersOf(instance).keys(), ...instance.config.keys()])) {
      if (patterns.some((pattern) => matchesGlob(pattern, name))) entries.push(name, settingOf(instance, name))
    }
    return map(entries)
  },
})

/** CONFIG SET parameter value [parameter value …] → OK; all of them or none. */
export const configSet = command({
  ...about,
  name: 'CONFIG SET',
  since: '2.0.0',
  summary: 'Changes settings of this region.',
  complexity: 'O(N) for N settings',
  args: { pairs: many(block({ parameter: str(), value: str() })) },
  run({ instance }, { pairs }) {
    const values = new Map<string, string>()
    const rejected = (name: string, why: string) =>
      fail(`ERR CONFIG SET failed (possibly related to argument '${name}') - ${why}`)
    for (const { parameter } of pairs) {
      const name = parameter.toLowerCase()
      const known = parameterOf(instance, name)
      if (known === undefined) fail(`ERR Unknown option or number of arguments for CONFIG SET - '${parameter}'`)
      if (known.immutable) rejected(parameter, "can't set immutable config")
      if (values.has(name)) rejected(parameter, 'duplicate parameter')
      values.set(name, '')
    }
    for (const { parameter, value } of pairs) {
      const read = parameterOf(instance, parameter.toLowerCase())?.read(value) ?? fail(wrongArity('CONFIG SET'))
      if ('problem' in read) rejected(parameter, read.problem)
      else values.set(parameter.toLowerCase(), read.value)
    }
    for (const [name, value] of values) configure(instance, keptName(name), value)
    return OK
  },
})

/** CONFIG REWRITE → an error, as on every server that was started without a configuration file. */
export const configRewrite = command({
  ...about,
  name: 'CONFIG REWRITE',
  since: '2.8.0',
  summary: 'Writes the settings to the configuration file; there is none.',
  complexity: 'O(1)',
  args: {},
  run: () => fail('ERR The server is running without a config file'),
})
