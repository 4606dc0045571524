import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

export default defineConfig(({ command }) => {
  // What is built is what users get, whoever builds it: under vitest NODE_ENV says `test`, which would bring React's development build.
  if (command === 'build') process.env['NODE_ENV'] = 'production'
  return {
    base: './',
    plugins: [react()],
    worker: { format: 'es' },
    build: { target: 'es2022', sourcemap: true },
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
