/** What follows the keys of ZUNION and its like: read only after the keys' types were looked at, and as many weights as there are keys. */
import { double, flag, int, named, oneOf, opt, type Arg, type Reader } from '../arguments.ts'
import { fail, SYNTAX_ERROR } from '../errors.ts'

export type Aggregate = 'sum' | 'min' | 'max'

export interface CombineOptions {
  readonly weights?: readonly number[]
  readonly aggregate?: Aggregate
  readonly withscores?: boolean
  /** 0: none. */
  readonly limit?: number
}

const weight = double('weight', 'ERR weight value is not a float')
const aggregate = named('AGGREGATE', oneOf({ sum: flag('SUM'), min: flag('MIN'), max: flag('MAX') }))
const limit = named('LIMIT', int({ name: 'limit', min: 0, error: "ERR LIMIT can't be negative" }))
const withscores = flag('WITHSCORES')

/** Which options a command has; `weights` brings AGGREGATE with it. */
export function combineOptions(has: {
  readonly weights?: boolean
  readonly withscores?: boolean
  readonly limit?: boolean
}): Arg<(keys: number) => CombineOptions> {
  return {
    type: 'block',
    children: {
      ...(has.weights
        ? { weights: opt(named('WEIGHTS', { ...weight, multiple: true })), aggregate: opt(aggregate) }
        : {}),
      ...(has.limit ? { limit: opt(limit) } : {}),
      ...(has.withscores ? { withscores: opt(withscores) } : {}),
    },
    least: 0,
    read(reader) {
      const own: Reader = { ...reader }
      reader.at = reader.argv.length
      return (keys) => {
        const out: { -readonly [K in keyof CombineOptions]: CombineOptions[K] } = {}
        while (own.at < own.argv.length) {
          const left = own.argv.length - own.at
          if (has.weights && left > keys && /^weights$/i.test(own.argv[own.at] as string)) {
            own.at++
            out.weights = Array.from({ length: keys }, () => weight.read(own))
          } else if (has.weights && left > 1 && aggregate.begins?.(own)) out.aggregate = aggregate.read(own).as
          else if (has.withscores && withscores.begins?.(own)) out.withscores = withscores.read(own)
          else if (has.limit && left > 1 && limit.begins?.(own)) out.limit = limit.read(own)
          else fail(SYNTAX_ERROR)
        }
        return out
      }
    },
  }
}
