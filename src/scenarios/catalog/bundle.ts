/** The texts of all scenarios in a page, by id: Vite puts them into the bundle. Only there: plain Node knows no `import.meta.glob`, and reads the folder instead. */
export function bundledTexts(): ReadonlyMap<string, string> {
  const files = import.meta.glob<string>('./*.md', { query: '?raw', eager: true, import: 'default' })
  return new Map(Object.entries(files).map(([path, text]) => [path.replace(/^\.\/|\.md$/g, ''), text]))
}
