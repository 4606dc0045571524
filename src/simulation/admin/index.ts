/** Administration in the look of `crdb-cli` and `rladmin` (R10). */
export { planCrdbCli } from './crdb-cli.ts'
export { failedText, taskText } from './output.ts'
export { planRladmin } from './rladmin.ts'
export * from './types.ts'
