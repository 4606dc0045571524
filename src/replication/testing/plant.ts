/** Plants a bug in a copy of the sources, so that checks can show that they would notice it. */
import { cpSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Within `file` (below `src`) the text `from`, which stands there once, becomes `to`. */
export interface Bug {
  readonly what: string
  readonly file: string
  readonly from: string
  readonly to: string
}

const ROOT = join(import.meta.dirname, '../../..')

/** `parts`: what is copied, below the project's root. Gives the copy's root. */
export function plant({ what, file, from, to }: Bug, copy: string, parts: readonly string[]): string {
  rmSync(copy, { recursive: true, force: true })
  for (const part of parts) cpSync(join(ROOT, part), join(copy, part), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
  const path = join(copy, 'src', file)
  const text = readFileSync(path, 'utf8')
  const places = text.split(from).length - 1
  if (places !== 1) throw new Error(`${what}: "${from}" stands ${places} times in ${file}, expected once`)
  writeFileSync(
    path,
    text.replace(from, () => to),
  )
  return copy
}
