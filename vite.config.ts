import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { embedFiles, precacheList, rulesFile } from './scripts/site-plugins.ts'

/** Files that others name, and so must keep their names; all else is named by its contents. */
const NAMED: Readonly<Record<string, string>> = { embed: 'embed.js', sw: 'sw.js' }

export default defineConfig(({ command }) => {
  // What is built is what users get, whoever builds it: under vitest NODE_ENV says `test`, which would bring React's development build.
  if (command === 'build') process.env['NODE_ENV'] = 'production'
  return {
    base: './',
    plugins: [react(), embedFiles(), rulesFile(), precacheList()],
    worker: { format: 'es' },
    build: {
      target: 'es2022',
      sourcemap: true,
      rolldownOptions: {
        input: {
          index: 'index.html',
          frame: 'embed.html',
          embed: 'src/embed/main.ts',
          sw: 'src/offline/service-worker.ts',
        },
        output: { entryFileNames: ({ name }) => NAMED[name] ?? 'assets/[name]-[hash].js' },
      },
    },
    test: {
      projects: [
        {
          extends: true,
          test: {
            name: 'unit',
            include: ['src/**/*.test.ts'],
            // Generous: a machine that is busy with other things is slow, not wrong.
            testTimeout: 60_000,
          },
        },
      ],
    },
  }
})
