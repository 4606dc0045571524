export { App } from './App.tsx'
export type { Page } from './hooks.ts'
