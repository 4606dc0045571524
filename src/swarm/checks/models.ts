/** What all regions show follows from who had observed whom: independent models of each type, fed from the journal. */
import { showReply, type Step } from '../../replication/testing/history.ts'
import { canonical, DocumentModel } from '../../replication/testing/json-model.ts'
import { listFault } from '../../replication/testing/list-model.ts'
import { modelState } from '../../replication/testing/model.ts'
import { MODELLED_READS, shown, type ModelledKind } from '../../replication/testing/checks.ts'
import { shownStream, streamModel } from '../../replication/testing/stream-model.ts'
import type { Failure } from '../run.ts'
import type { Reader } from './states.ts'

/** `clock`: what all have observed in the end; what is not within it was lost with its region. */
export async function departure(
  steps: readonly Step[],
  clock: readonly number[],
  { everywhere }: Reader,
): Promise<Failure | undefined> {
  const survived = steps.map((step) =>
    step.dots === null || step.dots[1] <= (clock[step.replica] ?? 0) ? step : { ...step, dots: null },
  )
  const of = (...keys: readonly string[]) =>
    survived.filter(
      ({ argv }) => keys.includes(argv[1] ?? '') || (argv[0] === 'XGROUP' && keys.includes(argv[2] ?? '')),
    )
  const texts = async (argv: readonly string[]) => (await everywhere(argv)).map(showReply)
  const unclear = lostButKnownDeletions(steps, survived)
  const kinds = (Object.keys(MODELLED_READS) as ModelledKind[]).filter((kind) => !unclear.has(kind))
  const model = modelState(of(...kinds).filter(({ dots }) => dots !== null))
  for (const kind of kinds) {
    const want = shown(model.get(kind), kind)
    const got = await texts(MODELLED_READS[kind])
    if (got.some((reply) => reply !== want))
      return {
        check: `model of ${kind}`,
        text: `${MODELLED_READS[kind].join(' ')}: ${got.join(' | ')}, the model says ${want}`,
      }
  }
  const fault = listFault(of('list'), await texts(['LRANGE', 'list', '0', '-1']))
  if (fault !== undefined) return { check: 'model of list', text: fault }
  const streams = unclear.has('stream') ? [] : of('stream')
  return (await departureOfStreams(streams, everywhere)) ?? departureOfJson(of('json'), everywhere)
}

/**
 * Keys whose deletion was lost with its region, though the author of a write that is left had observed it. Where deletions win (P1), that write tells of it where
 * it arrives; the models, which know of writes only, cannot say how far.
 */
function lostButKnownDeletions(steps: readonly Step[], survived: readonly Step[]): ReadonlySet<string> {
  const keys = new Set<string>()
  steps.forEach((step, i) => {
    const [name, key = ''] = step.argv
    const n = step.dots?.[1]
    if (name !== 'DEL' || n === undefined || survived[i]?.dots !== null) return
    if (
      survived.some(
        ({ dots, seen, replica }) => dots !== null && replica !== step.replica && (seen[step.replica] ?? 0) >= n,
      )
    )
      keys.add(key)
  })
  return new Set([...keys].filter((key) => key === 'hll' || key === 'stream'))
}

async function departureOfStreams(
  steps: readonly Step[],
  everywhere: Reader['everywhere'],
): Promise<Failure | undefined> {
  if (steps.length === 0) return undefined
  const want = streamModel(steps)
  const read = async (...argv: readonly string[]) => (await everywhere(argv)).map(showReply)
  const exists = await read('EXISTS', 'stream')
  const entries = await read('XRANGE', 'stream', '-', '+')
  const groups = await read('XINFO', 'GROUPS', 'stream')
  const got = exists.map((there, i) => shownStream(there, entries[i] ?? '', groups[i] ?? ''))
  return got.some((one) => one !== want)
    ? { check: 'model of stream', text: `stream: ${got.join(' | ')}, the model says ${want}` }
    : undefined
}

async function departureOfJson(steps: readonly Step[], everywhere: Reader['everywhere']): Promise<Failure | undefined> {
  if (steps.length === 0) return undefined
  const model = new DocumentModel()
  for (const step of steps) model.take(step)
  const want = canonical(model.final())
  for (const reply of await everywhere(['JSON.GET', 'json'])) {
    const got = canonical(typeof reply === 'string' ? JSON.parse(reply) : undefined)
    if (got !== want)
      return { check: 'model of json', text: `JSON.GET json: ${showReply(reply)}, the model says ${want}` }
  }
  return undefined
}
