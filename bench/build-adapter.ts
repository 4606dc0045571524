/** Bundles the plug-in for a peer benchmark into one plain ES module: `node --import tsx bench/build-adapter.ts OUT.mjs`. */
import { writeFileSync } from 'node:fs'
import { build } from 'vite'

const [out] = process.argv.slice(2)
if (out === undefined) {
  console.error('usage: node --import tsx bench/build-adapter.ts OUT.mjs')
  process.exit(2)
}
const result = await build({
  configFile: false,
  logLevel: 'warn',
  build: { write: false, minify: false, ssr: true, lib: { entry: 'bench/peer-adapter.ts', formats: ['es'] } },
})
const { output } = (Array.isArray(result) ? result[0] : result) as { output: readonly { code?: string }[] }
writeFileSync(out, `${output[0]?.code ?? ''}\nexport default adapters\n`)
