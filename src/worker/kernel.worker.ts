/** Entrance of the kernel's worker. Its regions' workers are its children, so they end with it. */
import { serveKernel } from './serve.ts'

serveKernel(() => new Worker(new URL('./replica.worker.ts', import.meta.url), { type: 'module' }))
