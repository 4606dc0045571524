import { defineConfig } from 'vite'

/** The command-line tool as one file for Node, with all that it needs inside: the package has no dependencies. */
export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: 'src/gateway/main.ts',
    outDir: 'dist-cli',
    target: 'node20',
    sourcemap: false,
    rolldownOptions: {
      output: {
        entryFileNames: 'bin/crdb-playground.js',
        chunkFileNames: 'bin/[name]-[hash].js',
        banner: '#!/usr/bin/env node',
      },
    },
  },
})
