/** Expressions of Lua 5.1. */
import type { Bytes } from '../../lib/index.ts'
import type { BinaryOperator, CallExpression, Comparison, Expression, Field, FunctionBody } from './ast.ts'
import { compute, type Arithmetic } from '../machine/numbers.ts'
import type { Parser } from './parser.ts'
import { NAME, NUMBER, STRING } from './tokens.ts'

/** Left and right binding powers. */
const POWERS: Readonly<Record<string, readonly [left: number, right: number]>> = {
  or: [1, 1],
  and: [2, 2],
  '<': [3, 3],
  '>': [3, 3],
  '<=': [3, 3],
  '>=': [3, 3],
  '~=': [3, 3],
  '==': [3, 3],
  '..': [5, 4],
  '+': [6, 6],
  '-': [6, 6],
  '*': [7, 7],
  '/': [7, 7],
  '%': [7, 7],
  '^': [10, 9],
}
const UNARY_POWER = 8
const EVENTS: Readonly<Record<string, Arithmetic>> = {
  '+': '__add',
  '-': '__sub',
  '*': '__mul',
  '/': '__div',
  '%': '__mod',
  '^': '__pow',
}

export function parseExpression(parser: Parser, limit = 0): Expression {
  const { lexer } = parser
  parser.enterLevel()
  let left = unary(parser)
  for (;;) {
    const operator = lexer.token.kind
    const powers = POWERS[operator]
    if (powers === undefined || powers[0] <= limit) break
    lexer.next()
    const right = parseExpression(parser, powers[1])
    left = binary(operator, left, right, lexer.lastLine)
  }
  parser.leaveLevel()
  return left
}

function binary(operator: string, left: Expression, right: Expression, line: number): Expression {
  if (operator === 'and' || operator === 'or') {
    // A constant that does not decide is left out, as Lua does: the other side then keeps its name in messages.
    return truthOf(left) === (operator === 'and') ? { kind: 'single', inner: right } : { kind: operator, left, right }
  }
  const event = EVENTS[operator]
  if (event !== undefined && left.kind === 'number' && right.kind === 'number') {
    const value = compute(event, left.value, right.value)
    const divides = operator === '/' || operator === '%'
    if (!Number.isNaN(value) && !(divides && right.value === 0)) return { kind: 'number', value }
  }
  if (event === undefined && operator !== '..')
    return { kind: 'compare', operator: operator as Comparison, left, right, line }
  return { kind: 'binary', operator: operator as BinaryOperator, left, right, line }
}

/** Of a constant. */
function truthOf(e: Expression): boolean | undefined {
  if (e.kind === 'nil' || e.kind === 'false') return false
  return e.kind === 'true' || e.kind === 'number' || e.kind === 'string' ? true : undefined
}

function unary(parser: Parser): Expression {
  const { lexer } = parser
  const { kind } = lexer.token
  if (kind !== 'not' && kind !== '-' && kind !== '#') return simple(parser)
  lexer.next()
  const operand = parseExpression(parser, UNARY_POWER)
  if (kind === 'not') return { kind, operand }
  if (kind === '-' && operand.kind === 'number') return { kind: 'number', value: -operand.value }
  return { kind: 'unary', operator: kind, operand, line: lexer.lastLine }
}

function simple(parser: Parser): Expression {
  const { lexer } = parser
  const { kind, text, value } = lexer.token
  switch (kind) {
    case NUMBER:
      lexer.next()
      return { kind: 'number', value }
    case STRING:
      lexer.next()
      return { kind: 'string', value: text }
    case 'nil':
    case 'true':
    case 'false':
      lexer.next()
      return { kind }
    case '...':
      if (!parser.scope.isVararg) lexer.fail("cannot use '...' outside a vararg function")
      parser.scope.usesVararg = true
      lexer.next()
      return { kind: 'vararg', line: lexer.lastLine }
    case '{':
      return table(parser)
    case 'function': {
      lexer.next()
      const { line } = lexer
      return functionExpression(parser, false, line)
    }
    default:
      return primary(parser)
  }
}

export function functionExpression(parser: Parser, hasSelf: boolean, line: number): Expression {
  const body: FunctionBody = parser.functionBody(hasSelf, line)
  return { kind: 'function', function: body, line: parser.lexer.lastLine }
}

/** A name, a bracketed expression, and what follows it: indexes and calls. */
export function primary(parser: Parser): Expression {
  const { lexer } = parser
  let expression = prefix(parser)
  for (;;) {
    switch (lexer.token.kind) {
      case '.': {
        lexer.next()
        const key: Expression = { kind: 'string', value: parser.name() }
        expression = { kind: 'index', object: expression, key, line: lexer.lastLine }
        break
      }
      case '[': {
        const key = bracketed(parser)
        expression = { kind: 'index', object: expression, key, line: lexer.lastLine }
        break
      }
      case ':': {
        lexer.next()
        const method = parser.name()
        expression = call(parser, expression, method)
        break
      }
      case '(':
      case STRING:
      case '{':
        expression = call(parser, expression, null)
        break
      default:
        return expression
    }
  }
}

function prefix(parser: Parser): Expression {
  const { lexer } = parser
  if (lexer.token.kind === NAME) return variable(parser, parser.name())
  if (lexer.token.kind !== '(') lexer.fail('unexpected symbol')
  const { line } = lexer
  lexer.next()
  const inner = parseExpression(parser)
  parser.closes(')', '(', line)
  // Brackets also end what could be assigned to. A constant is none the less one.
  return truthOf(inner) === undefined ? { kind: 'single', inner } : inner
}

export function variable({ scope, lexer }: Parser, name: Bytes): Expression {
  const local = scope.find(name)
  if (local !== undefined) return { kind: 'local', local }
  const index = scope.upvalue(name)
  if (index !== undefined) return { kind: 'upvalue', index, name }
  return { kind: 'global', name, line: lexer.lastLine }
}

function bracketed(parser: Parser): Expression {
  parser.lexer.next()
  const key = parseExpression(parser)
  parser.expect(']')
  return key
}

function call(parser: Parser, callee: Expression, method: Bytes | null): CallExpression {
  const { lexer } = parser
  const { line } = lexer
  const { kind, text } = lexer.token
  const make = (list: readonly Expression[]): CallExpression => ({
    kind: 'call',
    callee,
    method,
    arguments: list,
    line,
  })
  if (kind === STRING) {
    lexer.next()
    return make([{ kind: 'string', value: text }])
  }
  if (kind === '{') return make([table(parser)])
  if (kind !== '(') lexer.fail('function arguments expected')
  if (line !== lexer.lastLine) lexer.fail('ambiguous syntax (function call x new statement)')
  lexer.next()
  const list = lexer.token.kind === ')' ? [] : parser.expressionList()
  parser.closes(')', '(', line)
  return make(list)
}

function table(parser: Parser): Expression {
  const { lexer } = parser
  const { line } = lexer
  const fields: Field[] = []
  parser.expect('{')
  while (lexer.token.kind !== '}') {
    fields.push(field(parser))
    if (!parser.accept(',') && !parser.accept(';')) break
  }
  parser.closes('}', '{', line)
  return { kind: 'table', fields, line }
}

function field(parser: Parser): Field {
  const { lexer } = parser
  const isNamed = lexer.token.kind === NAME && lexer.peek().kind === '='
  if (!isNamed && lexer.token.kind !== '[') {
    return { key: null, value: parseExpression(parser), line: lexer.lastLine }
  }
  const key: Expression = isNamed ? { kind: 'string', value: parser.name() } : bracketed(parser)
  parser.expect('=')
  return { key, value: parseExpression(parser), line: lexer.lastLine }
}
