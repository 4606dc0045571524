/** Tries to break the replication: random runs of whole databases, checked at rest; what fails is made small. */
export { drawRun } from './draw.ts'
export { FOUND } from './found.ts'
export { hunt, type Found, type Hunted } from './hunt.ts'
export type { Failure, Run, Step } from './run.ts'
export { verdictOf } from './simulate.ts'
