/** Builds the tests' own page (`harness.html`) apart from the product, which never contains it. */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: here('.'),
  base: './',
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    outDir: here('../../.cache/e2e-harness'),
    emptyOutDir: true,
    rolldownOptions: { input: here('harness.html') },
  },
})
