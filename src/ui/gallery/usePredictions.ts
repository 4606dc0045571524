import { useSyncExternalStore } from 'react'
import type { PredictionState, Predictions } from '../../app/index.ts'

export function usePredictions(predictions: Predictions): PredictionState {
  return useSyncExternalStore(predictions.subscribe, predictions.getState)
}
