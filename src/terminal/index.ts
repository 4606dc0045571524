/**
 * redis-cli without a screen: everything between a key press and a command, and between a reply and what is shown. Pure data and functions.
 *
 * A terminal keeps a `LineState` and a `TerminalSession`. Each `onData` goes through `edit`; each submit event through `submitLine`; a
 * command's reply through `afterReply` and `showReply`; and after every change `renderLine` draws.
 */
export { type CommandIndex, findCommand, indexCommands } from './command-index.ts'
export { complete } from './completion.ts'
export { helpText } from './help.ts'
export { hintFor } from './hints.ts'
export { remember, restoreHistory } from './history.ts'
export { type Completer, edit, type Edited, emptyLine, type LineEvent, type LineState } from './line-editor.ts'
export { quoteArgument, quoteBytes, quoteCommand, safeBytes, safeText } from './quoting.ts'
export {
  CLEAR_SCREEN,
  type DrawnLine,
  eraseLine,
  finishLine,
  type LineView,
  renderLine,
  screenText,
} from './render-line.ts'
export { formatRawText, formatReply, rawReply, showsRawText } from './reply-format.ts'
export { suggest, type Suggestion } from './suggestions.ts'
export { formatArguments, formatSyntax } from './syntax.ts'
export {
  afterReply,
  type LineAction,
  isPush,
  LISTENING_NOTICE,
  NEW_SESSION,
  promptText,
  reconnected,
  showReply,
  submitLine,
  type TerminalSession,
} from './terminal-session.ts'
export { INVALID_ARGUMENTS, tokenize, tokenizeBytes, type Tokens } from './tokenizer.ts'
export { cellWidth, unicodeProvider } from './width.ts'
export { wrapWords } from './wrap.ts'
