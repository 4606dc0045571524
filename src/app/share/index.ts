export { LONGEST_LINK } from './link.ts'
export * from './sharing.ts'
