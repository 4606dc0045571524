/** Replicas of one database: envelopes, backlog, partial and full sync, stability. */
export * from './types.ts'
export { ACKNOWLEDGE_AFTER_MS, createReplica, type Replica } from './replica.ts'
export * from './prepare.ts'
