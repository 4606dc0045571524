/** Replicas of one database: envelopes, backlog, partial and full sync, stability. */
export * from './types.ts'
export * from './settings.ts'
export { createReplica, type Replica } from './replica.ts'
export { ACKNOWLEDGE_AFTER_MS } from './running-replica.ts'
export { explainInfoField } from './info-fields.ts'
export * from './prepare.ts'
