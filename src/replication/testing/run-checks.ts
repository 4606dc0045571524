/** Runs both checks over seeds 1 … N, outside a test runner: `tsx run-checks.ts N`. Prints the first fault and exits 1. */
import { loadParts } from '../../engine/index.ts'
import { departure, disagreement } from './checks.ts'

function run(runs: number): void {
  for (let seed = 1; seed <= runs; seed++) {
    const fault = disagreement(seed) ?? departure(seed)
    if (fault !== undefined) {
      console.log(`seed ${seed}: ${fault}`)
      process.exit(1)
    }
  }
}

void loadParts().then(() => run(Number(process.argv[2])))
