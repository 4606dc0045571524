/** How the predictions of each case went, as it is kept. What storage gives is foreign: what makes no sense in it is left out. */
export interface Score {
  readonly right: number
  readonly of: number
}

export function cleanedScores(stored: unknown): {
  readonly on: boolean
  readonly scores: Readonly<Record<string, Score>>
} {
  const { on, scores } = (isRecord(stored) ? stored : {}) as { on?: unknown; scores?: unknown }
  const sound = Object.entries(isRecord(scores) ? scores : {}).filter((pair): pair is [string, Score] =>
    isScore(pair[1]),
  )
  return { on: on === true, scores: Object.fromEntries(sound.map(([id, { right, of }]) => [id, { right, of }])) }
}

function isScore(value: unknown): value is Score {
  if (!isRecord(value)) return false
  const { right, of } = value
  return (
    Number.isInteger(right) && Number.isInteger(of) && (right as number) >= 0 && (right as number) <= (of as number)
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
