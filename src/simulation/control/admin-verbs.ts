/** Administration typed as its tools have it (R10), carried out as control lines. */
import { Random } from '../../lib/index.ts'
import {
  AdminProblem,
  failedText,
  freshAdmin,
  planCrdbCli,
  planRladmin,
  taskText,
  type AdminPlan,
  type AdminView,
} from '../admin/index.ts'
import type { ControlResult } from '../cluster-types.ts'
import type { Kernel } from '../kernel.ts'
import { parseWith } from './parse.ts'
import { type ControlContext, defineVerb, done, refused, type Verb } from './verb.ts'
import { WORLD_VERBS } from './world-verbs.ts'

export const crdbCli = adminVerb('crdb-cli', planCrdbCli, [
  { form: 'crdb-cli crdb list', does: "the database's instances, with its GUID" },
  { form: 'crdb-cli crdb get|health-report --crdb-guid GUID', does: 'its configuration; who reaches whom' },
  { form: 'crdb-cli crdb update --crdb-guid GUID --causal-consistency true', does: 'change settings (R10)' },
  {
    form: 'crdb-cli crdb create|flush|delete|add-instance|remove-instance|purge-instance …',
    does: "as the product's tool has them",
  },
])

export const rladmin = adminVerb('rladmin', planRladmin, [
  { form: 'rladmin tune db NAME crdt_xadd_id_uniqueness_mode strict', does: 'which entry IDs XADD accepts (E2)' },
])

function adminVerb(name: string, plan: (line: string, view: AdminView) => AdminPlan, forms: Verb['forms']): Verb {
  return defineVerb({
    name,
    forms,
    parse: (line) => line.rest(),
    run: (context, line) => carryOut(context, (view) => plan(line, view)),
  })
}

async function carryOut(context: ControlContext, planFor: (view: AdminView) => AdminPlan): Promise<ControlResult> {
  const { kernel, dials } = context
  const admin = (dials.admin ??= freshAdmin())
  const guid = uuid(kernel.settings.seed)
  let plan: AdminPlan
  try {
    plan = planFor(viewOf(kernel, guid, admin))
  } catch (problem) {
    if (problem instanceof AdminProblem) return refused(problem.message)
    throw problem
  }
  if (plan.kind === 'answer') return done(plan.text)
  const failure = await runLines(context, plan.lines)
  if (plan.kind === 'lines') return failure === undefined ? done(plan.text) : refused(failure)
  const id = uuid(kernel.settings.seed + admin.tasks.length + 1)
  if (failure !== undefined) return refused(failedText(id, failure))
  admin.tasks.push(id)
  admin.configVersion++
  admin.name = plan.name ?? admin.name
  const idle = plan.ignored.length === 0 ? '' : `\n(without effect in the playground: ${plan.ignored.join(', ')})`
  return done(taskText(id, plan.assignsGuid === true ? guid : null, plan.noWait) + idle)
}

/** Only the first line may be one that can be refused when it is carried out: settings never are. Gives why it was. */
async function runLines(context: ControlContext, lines: readonly string[]): Promise<string | undefined> {
  const meanings = lines.map((line) => parseWith(WORLD_VERBS, line, context.kernel.regions))
  const wrong = meanings.find((meaning) => !meaning.ok)
  if (wrong) return wrong.text
  for (const meaning of meanings) {
    if (!meaning.ok) continue
    const { ok, text } = await meaning.verb.run(context, meaning.parsed)
    if (!ok) return text
  }
  return undefined
}

function viewOf(
  kernel: Kernel,
  guid: string,
  { name, configVersion, tasks }: NonNullable<ControlContext['dials']['admin']>,
): AdminView {
  return {
    name,
    configVersion,
    tasks,
    guid,
    settings: kernel.database,
    regions: kernel.regions,
    isUp: (a, b) => kernel.network.link(a, b).up,
  }
}

/** The same for the same session, so that a replay gives the same answers. */
function uuid(seed: number): string {
  const random = new Random(seed >>> 0)
  const digits = Array.from({ length: 32 }, (_, i) => (i === 12 ? '4' : random.below(16).toString(16))).join('')
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
