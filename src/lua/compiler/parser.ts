/** A recursive-descent parser for Lua 5.1, in the order in which Lua's own looks at things, so that it finds the same error first. */
import type { Bytes } from '../../lib/index.ts'
import type { Branch, Expression, FunctionBody, Local, Statement, Target } from './ast.ts'
import { Lexer, shownKind } from './lexer.ts'
import { functionExpression, parseExpression, primary, variable } from './parse-expression.ts'
import { FunctionScope } from './scope.ts'
import { END_OF_SCRIPT, NAME } from './tokens.ts'

const MOST_LEVELS = 200
const BLOCK_ENDS = new Set(['else', 'elseif', 'end', 'until', END_OF_SCRIPT])

/** A whole chunk: a vararg function without parameters. Throws a `CompileError`. */
export function parseChunk(text: Bytes, source: Bytes): FunctionBody {
  return new Parser(text, source).chunk()
}

export class Parser {
  readonly lexer: Lexer
  scope: FunctionScope
  #levels = 0

  constructor(text: Bytes, source: Bytes) {
    this.lexer = new Lexer(text, source)
    this.scope = new FunctionScope(null, true, 0, this.lexer)
  }

  chunk(): FunctionBody {
    this.scope.usesVararg = true
    const body = this.#statements()
    if (this.lexer.token.kind !== END_OF_SCRIPT) this.#expected(END_OF_SCRIPT)
    return { parameters: [], isVararg: true, argTable: null, upvalues: [], body, line: 0, lastLine: this.lexer.line }
  }

  // Tokens

  accept(kind: string): boolean {
    if (this.lexer.token.kind !== kind) return false
    this.lexer.next()
    return true
  }

  expect(kind: string): void {
    if (!this.accept(kind)) this.#expected(kind)
  }

  /** What closes a bracket or a block that was opened in an earlier line is asked for by that line. */
  closes(kind: string, opener: string, line: number): void {
    if (this.accept(kind)) return
    if (line === this.lexer.line) this.#expected(kind)
    this.lexer.fail(`'${shownKind(kind)}' expected (to close '${shownKind(opener)}' at line ${line})`)
  }

  #expected(kind: string): never {
    return this.lexer.fail(`'${shownKind(kind)}' expected`)
  }

  name(): Bytes {
    const { kind, text } = this.lexer.token
    if (kind !== NAME) this.#expected(NAME)
    this.lexer.next()
    return text
  }

  /** Recursion is bounded as Lua bounds it, well within JavaScript's own stack. */
  enterLevel(): void {
    if (++this.#levels > MOST_LEVELS) this.lexer.failHere('chunk has too many syntax levels')
  }

  leaveLevel(): void {
    this.#levels--
  }

  expressionList(): Expression[] {
    const list = [parseExpression(this)]
    while (this.accept(',')) list.push(parseExpression(this))
    return list
  }

  // Functions

  functionBody(hasSelf: boolean, line: number): FunctionBody {
    const { lexer } = this
    const outer = this.scope
    this.expect('(')
    const names: Bytes[] = hasSelf ? ['self'] : []
    let isVararg = false
    if (lexer.token.kind !== ')') {
      do {
        if (lexer.token.kind === NAME) names.push(this.name())
        else if (this.accept('...')) isVararg = true
        else lexer.fail("<name> or '...' expected")
      } while (!isVararg && this.accept(','))
    }
    const scope = new FunctionScope(outer, isVararg, line, lexer)
    this.scope = scope
    const parameters = names.map((name, i) => scope.newLocal(name, i))
    const argTable = isVararg ? scope.newLocal('arg', names.length) : null
    scope.activate(...parameters, ...(argTable === null ? [] : [argTable]))
    this.expect(')')
    const body = this.#statements()
    const lastLine = lexer.line
    this.closes('end', 'function', line)
    this.scope = outer
    const kept = scope.usesVararg ? null : argTable
    return { parameters, isVararg, argTable: kept, upvalues: scope.upvalues, body, line, lastLine }
  }

  // Statements

  #statements(): Statement[] {
    const list: Statement[] = []
    this.enterLevel()
    while (!BLOCK_ENDS.has(this.lexer.token.kind)) {
      const statement = this.#statement()
      list.push(statement)
      this.accept(';')
      if (statement.kind === 'return' || statement.kind === 'break') break
    }
    this.leaveLevel()
    return list
  }

  #block(): Statement[] {
    const { depth } = this.scope
    const list = this.#statements()
    this.scope.leaveTo(depth)
    return list
  }

  #loop<T>(parse: () => T): T {
    this.scope.loops++
    const parsed = parse()
    this.scope.loops--
    return parsed
  }

  #statement(): Statement {
    const { lexer } = this
    const { line } = lexer
    switch (lexer.token.kind) {
      case 'if':
        return this.#if(line)
      case 'while': {
        lexer.next()
        const condition = parseExpression(this)
        this.expect('do')
        const body = this.#loop(() => this.#block())
        this.closes('end', 'while', line)
        return { kind: 'while', condition, body, line }
      }
      case 'do': {
        lexer.next()
        const body = this.#block()
        this.closes('end', 'do', line)
        return { kind: 'do', body }
      }
      case 'for':
        return this.#for(line)
      case 'repeat':
        return this.#repeat(line)
      case 'function':
        return this.#function(line)
      case 'local':
        lexer.next()
        return this.accept('function') ? this.#localFunction() : this.#local(line)
      case 'return': {
        lexer.next()
        return { kind: 'return', values: this.#returned(), line: lexer.lastLine }
      }
      case 'break':
        lexer.next()
        if (this.scope.loops === 0) lexer.fail('no loop to break')
        return { kind: 'break', line }
      default:
        return this.#expressionStatement()
    }
  }

  #returned(): Expression[] {
    const { kind } = this.lexer.token
    return kind === ';' || BLOCK_ENDS.has(kind) ? [] : this.expressionList()
  }

  #if(line: number): Statement {
    const branches: Branch[] = []
    do {
      this.lexer.next()
      const condition = parseExpression(this)
      this.expect('then')
      branches.push({ condition, body: this.#block() })
    } while (this.lexer.token.kind === 'elseif')
    const otherwise = this.accept('else') ? this.#block() : []
    this.closes('end', 'if', line)
    return { kind: 'if', branches, otherwise, line }
  }

  #repeat(line: number): Statement {
    this.lexer.next()
    const { depth } = this.scope
    const body = this.#loop(() => this.#statements())
    this.closes('until', 'repeat', line)
    const condition = parseExpression(this)
    this.scope.leaveTo(depth)
    return { kind: 'repeat', body, condition, line }
  }

  #for(line: number): Statement {
    const { lexer, scope } = this
    const { depth } = scope
    lexer.next()
    const first = this.name()
    const isNumeric = this.accept('=')
    if (!isNumeric && lexer.token.kind !== ',' && lexer.token.kind !== 'in') lexer.fail("'=' or 'in' expected")
    const statement = isNumeric ? this.#forNumber(first, line) : this.#forIn(first)
    this.closes('end', 'for', line)
    scope.leaveTo(depth)
    return statement
  }

  /** Hidden control variables count among the locals, as in Lua. */
  #enterFor(): void {
    const { scope } = this
    scope.activate(scope.newLocal('(for)'), scope.newLocal('(for)', 1), scope.newLocal('(for)', 2))
  }

  #forNumber(name: Bytes, line: number): Statement {
    const from = parseExpression(this)
    this.expect(',')
    const to = parseExpression(this)
    const step = this.accept(',') ? parseExpression(this) : null
    this.#enterFor()
    const local = this.scope.newLocal(name)
    this.expect('do')
    this.scope.activate(local)
    return { kind: 'for-number', local, from, to, step, body: this.#loop(() => this.#block()), line }
  }

  #forIn(first: Bytes): Statement {
    const names = [first]
    while (this.accept(',')) names.push(this.name())
    this.expect('in')
    const { line } = this.lexer
    const values = this.expressionList()
    this.#enterFor()
    const locals = names.map((name, i) => this.scope.newLocal(name, i))
    this.expect('do')
    this.scope.activate(...locals)
    return { kind: 'for-in', locals, values, body: this.#loop(() => this.#block()), line }
  }

  #function(line: number): Statement {
    const { lexer } = this
    lexer.next()
    let target = variable(this, this.name()) as Target
    let hasSelf = false
    while (!hasSelf && (lexer.token.kind === '.' || lexer.token.kind === ':')) {
      hasSelf = lexer.token.kind === ':'
      lexer.next()
      target = { kind: 'index', object: target, key: { kind: 'string', value: this.name() }, line }
    }
    return { kind: 'assign', targets: [target], values: [functionExpression(this, hasSelf, line)], line }
  }

  #localFunction(): Statement {
    const local = this.scope.newLocal(this.name())
    this.scope.activate(local)
    const { line } = this.lexer
    return { kind: 'local-function', local, value: functionExpression(this, false, line), line }
  }

  #local(line: number): Statement {
    const locals: Local[] = []
    do locals.push(this.scope.newLocal(this.name(), locals.length))
    while (this.accept(','))
    const values = this.accept('=') ? this.expressionList() : []
    this.scope.activate(...locals)
    return { kind: 'local', locals, values, line }
  }

  #expressionStatement(): Statement {
    const { lexer } = this
    const first = primary(this)
    if (first.kind === 'call') return { kind: 'call', call: first }
    const targets = [this.#target(first)]
    while (this.accept(',')) {
      targets.push(this.#target(primary(this)))
      if (targets.length > MOST_LEVELS) lexer.failHere('too many variables in assignment')
    }
    this.expect('=')
    const values = this.expressionList()
    return { kind: 'assign', targets, values, line: lexer.lastLine }
  }

  #target(expression: Expression): Target {
    const { kind } = expression
    if (kind === 'local' || kind === 'upvalue' || kind === 'global' || kind === 'index') return expression
    return this.lexer.fail('syntax error')
  }
}
