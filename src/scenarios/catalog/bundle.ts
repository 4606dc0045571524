import { type CatalogueEntry, readCatalogue } from './index.ts'

/** The catalogue in a page: Vite puts the texts into the bundle. Only there: plain Node knows no `import.meta.glob`, and reads the folder instead. */
export function bundledCatalogue(): readonly CatalogueEntry[] {
  const files = import.meta.glob<string>('./*.md', { query: '?raw', eager: true, import: 'default' })
  return readCatalogue(new Map(Object.entries(files).map(([path, text]) => [path.replace(/^\.\/|\.md$/g, ''), text])))
}
