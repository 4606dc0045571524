/** A chunk as a tree, its names resolved: which local, which variable of an enclosing function, or a global. */
import type { Bytes } from '../../lib/index.ts'

export interface Local {
  readonly name: Bytes
  /** An inner function uses it: it lives in a box. */
  captured: boolean
  /** Its register, once it is declared in code. */
  register: number
}

/** Where a closure finds an enclosing function's variable when it is made: among the locals of the maker, or among the maker's own upvalues. */
export interface Upvalue {
  readonly name: Bytes
  readonly local: Local | null
  readonly index: number
}

export interface FunctionBody {
  readonly parameters: readonly Local[]
  readonly isVararg: boolean
  /** The old-style `arg` table of a vararg function that never says `...`. */
  readonly argTable: Local | null
  readonly upvalues: readonly Upvalue[]
  readonly body: readonly Statement[]
  readonly line: number
  readonly lastLine: number
}

export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '^' | '..'
export type Comparison = '==' | '~=' | '<' | '<=' | '>' | '>='

/** `line`: where an error in it is reported. */
export type Expression =
  | { readonly kind: 'nil' | 'true' | 'false' }
  | { readonly kind: 'vararg'; readonly line: number }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string'; readonly value: Bytes }
  | { readonly kind: 'function'; readonly function: FunctionBody; readonly line: number }
  | { readonly kind: 'local'; readonly local: Local }
  | { readonly kind: 'upvalue'; readonly index: number; readonly name: Bytes }
  | { readonly kind: 'global'; readonly name: Bytes; readonly line: number }
  | IndexExpression
  | CallExpression
  | {
      readonly kind: 'binary'
      readonly operator: BinaryOperator
      readonly left: Expression
      readonly right: Expression
      readonly line: number
    }
  | {
      readonly kind: 'compare'
      readonly operator: Comparison
      readonly left: Expression
      readonly right: Expression
      readonly line: number
    }
  | { readonly kind: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'unary'; readonly operator: '-' | '#'; readonly operand: Expression; readonly line: number }
  | { readonly kind: 'not'; readonly operand: Expression }
  | { readonly kind: 'table'; readonly fields: readonly Field[]; readonly line: number }
  /** Brackets round a call or `...`: one value. */
  | { readonly kind: 'single'; readonly inner: Expression }

export interface IndexExpression {
  readonly kind: 'index'
  readonly object: Expression
  readonly key: Expression
  readonly line: number
}

export interface CallExpression {
  readonly kind: 'call'
  readonly callee: Expression
  /** `object:method(…)`: the callee is the object. */
  readonly method: Bytes | null
  readonly arguments: readonly Expression[]
  readonly line: number
}

/** `key` null: the next of the list. */
export interface Field {
  readonly key: Expression | null
  readonly value: Expression
  readonly line: number
}

export type Target = Extract<Expression, { kind: 'local' | 'upvalue' | 'global' | 'index' }>

export type Statement =
  | {
      readonly kind: 'local'
      readonly locals: readonly Local[]
      readonly values: readonly Expression[]
      readonly line: number
    }
  | { readonly kind: 'local-function'; readonly local: Local; readonly value: Expression; readonly line: number }
  | {
      readonly kind: 'assign'
      readonly targets: readonly Target[]
      readonly values: readonly Expression[]
      readonly line: number
    }
  | { readonly kind: 'call'; readonly call: CallExpression }
  | { readonly kind: 'do'; readonly body: readonly Statement[] }
  | {
      readonly kind: 'while'
      readonly condition: Expression
      readonly body: readonly Statement[]
      readonly line: number
    }
  | {
      readonly kind: 'repeat'
      readonly body: readonly Statement[]
      readonly condition: Expression
      readonly line: number
    }
  | {
      readonly kind: 'if'
      readonly branches: readonly Branch[]
      readonly otherwise: readonly Statement[]
      readonly line: number
    }
  | {
      readonly kind: 'for-number'
      readonly local: Local
      readonly from: Expression
      readonly to: Expression
      readonly step: Expression | null
      readonly body: readonly Statement[]
      readonly line: number
    }
  | {
      readonly kind: 'for-in'
      readonly locals: readonly Local[]
      readonly values: readonly Expression[]
      readonly body: readonly Statement[]
      readonly line: number
    }
  | { readonly kind: 'return'; readonly values: readonly Expression[]; readonly line: number }
  | { readonly kind: 'break'; readonly line: number }

export interface Branch {
  readonly condition: Expression
  readonly body: readonly Statement[]
}
