/** The snippets of docs/embedding.md as the sites that use them would make HTML of them. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createElement, type ComponentType } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { transformWithOxc } from 'vite'

/** The code block of this language in which these words stand. */
export function documented(language: string, words: string): string {
  const text = readFileSync('docs/embedding.md', 'utf8')
  const blocks = [...text.matchAll(/^```(\S+)\n([\s\S]*?)^```$/gm)]
  const found = blocks.find(([, name, code]) => name === language && code?.includes(words) === true)
  if (!found) throw new Error(`docs/embedding.md has no ${language} block with ${words}`)
  return found[2] as string
}

/** The table that both documented pages hold, as a Markdown renderer gives it. */
export const RENDERED_TABLE = `<table>
<thead><tr><th>Time</th><th>Region 1</th><th>Region 2</th></tr></thead>
<tbody>
<tr><td>t1</td><td><code>SREM basket apple</code></td><td><code>SADD basket apple</code></td></tr>
<tr><td>t2</td><td>— Sync —</td><td>— Sync —</td></tr>
<tr><td>t3</td><td><code>SMEMBERS basket</code> → apple</td><td>the same</td></tr>
</tbody>
</table>`

/** What the shortcode's template gives: of Hugo's language just what it uses; anything else fails the test. */
export function renderShortcode(params: Readonly<Record<string, string>>, inner: string): string {
  const html = documented('go-html-template', 'crdb-playground')
    .replace(/\{\{ "([^"]+)" \| relURL \}\}/, '/docs/$1')
    .replace(/\{\{ range \$name, \$value := \.Params \}\}(.*?)\{\{ end \}\}/, (_, each: string) =>
      Object.entries(params)
        .map(([name, value]) => each.replace('{{ $name }}', name).replace('{{ $value }}', value))
        .join(''),
    )
    .replace('{{ .Inner | markdownify }}', inner)
  if (html.includes('{{')) throw new Error(`not understood: ${html}`)
  return html
}

/** What the MDX component gives, as a script that puts it into `#mdx` of a page. */
export async function renderComponent(props: Readonly<Record<string, string>>, inner: string): Promise<string> {
  const { code } = await transformWithOxc(documented('jsx', 'CrdbPlayground'), 'CrdbPlayground.jsx', {
    jsx: { runtime: 'automatic' },
  })
  mkdirSync('.cache/e2e-embed', { recursive: true })
  const file = resolve('.cache/e2e-embed/CrdbPlayground.mjs')
  writeFileSync(file, code)
  const { CrdbPlayground } = (await import(pathToFileURL(file).href)) as {
    CrdbPlayground: ComponentType<Record<string, unknown>>
  }
  const children = createElement('div', { dangerouslySetInnerHTML: { __html: inner } })
  return renderToStaticMarkup(createElement(CrdbPlayground, props, children))
}
