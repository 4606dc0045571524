/** Why a scenario cannot be played, in a sentence for the user: something outside this program is not as it must be. */
export class CannotRun extends Error {
  override name = 'CannotRun'
}
