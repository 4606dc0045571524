/** The words that the terminal itself understands; everything else goes to the region. */
export const CLIENT_COMMANDS: readonly string[] = ['HELP', 'CLEAR', 'QUIT', 'EXIT', ':SET']
export const PREFERENCES: readonly string[] = ['HINTS', 'NOHINTS']
