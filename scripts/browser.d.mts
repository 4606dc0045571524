export function findBrowser(): string | null
export const BROWSER_FLAGS: string[]
