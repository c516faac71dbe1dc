/**
 * Build constraints as boolean expressions over tags: `//go:build`, the older `// +build`, and what they say of a file's
 * Go version. A port of go/build/constraint, its limits included, because a file that Go builds must be in the package
 * and one that it skips must not.
 */
import type { GoMinor } from '../shapes.ts';

export type Constraint =
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'not'; readonly operand: Constraint }
  | { readonly kind: 'and' | 'or'; readonly left: Constraint; readonly right: Constraint };

/** What Go puts in place of a constraint it cannot read: a tag that nobody sets. */
export const NEVER_BUILT: Constraint = { kind: 'tag', tag: 'ignore' };

/** Operands of one expression; Go refuses more (constraint.maxSize), which also bounds the recursion here. */
const MAX_OPERANDS = 1000;
const MAX_LEGACY_OPERATORS = 100;
const VALID_TAG = /^[\p{L}\p{Nd}_.]+$/u;

/** The expression of a `//go:build` line (the whole line, leading `//` included), or undefined when it is not a well-formed one. */
export function parseGoBuildLine(line: string): Constraint | undefined {
  const text = goBuildText(line);
  return text === undefined ? undefined : new ExpressionParser(text).parse();
}

/** Whether a line, well-formed or not, is a `//go:build` line. */
export function isGoBuildLine(line: string): boolean {
  return goBuildText(line) !== undefined;
}

/** The expression of a `// +build` line, or undefined when it is none or too long. Malformed words count as a tag nobody sets, as Go has it. */
export function parsePlusBuildLine(line: string): Constraint | undefined {
  const match = /^\/\/\s*\+build(?:\s+(.*))?$/su.exec(line.trim());
  if (match === null) return undefined;
  const clauses = (match[1] ?? '').split(/\s+/u).filter((clause) => clause !== '');
  const operators = clauses.reduce((sum, clause) => sum + clause.split(',').length, -1);
  if (operators > MAX_LEGACY_OPERATORS) return undefined;
  const parts = clauses.map((clause) => clause.split(',').map(legacyLiteral).reduce(and));
  return parts.length === 0 ? NEVER_BUILT : parts.reduce(or);
}

export function and(left: Constraint, right: Constraint): Constraint {
  return { kind: 'and', left, right };
}

export function or(left: Constraint, right: Constraint): Constraint {
  return { kind: 'or', left, right };
}

export function evaluate(constraint: Constraint, has: (tag: string) => boolean): boolean {
  switch (constraint.kind) {
    case 'tag':
      return has(constraint.tag);
    case 'not':
      return !evaluate(constraint.operand, has);
    case 'and':
      return evaluate(constraint.left, has) && evaluate(constraint.right, has);
    case 'or':
      return evaluate(constraint.left, has) || evaluate(constraint.right, has);
  }
}

/** Tags it mentions, each once, in order of appearance. */
export function tagsOf(constraint: Constraint): string[] {
  const found = new Set<string>();
  collectTags(constraint, found);
  return [...found];
}

/** The least Go version that the constraint implies, or undefined when it implies none (constraint.GoVersion). */
export function impliedGoVersion(constraint: Constraint): GoMinor | undefined {
  const minimum = minimumVersion(constraint, true);
  return minimum < 0 ? undefined : minimum;
}

function goBuildText(line: string): string | undefined {
  const match = /^\/\/go:build(?:\s+(.*))?$/su.exec(line.trimEnd());
  return match === null ? undefined : (match[1] ?? '').trim();
}

function legacyLiteral(literal: string): Constraint {
  if (literal.startsWith('!!') || literal === '!') return NEVER_BUILT;
  const name = literal.replace(/^!/, '');
  const tag: Constraint = VALID_TAG.test(name) ? { kind: 'tag', tag: name } : NEVER_BUILT;
  return literal.startsWith('!') ? { kind: 'not', operand: tag } : tag;
}

function collectTags(constraint: Constraint, found: Set<string>): void {
  if (constraint.kind === 'tag') found.add(constraint.tag);
  else if (constraint.kind === 'not') collectTags(constraint.operand, found);
  else {
    collectTags(constraint.left, found);
    collectTags(constraint.right, found);
  }
}

/** -1 where nothing is implied. `holds` is false below a negation. */
function minimumVersion(constraint: Constraint, holds: boolean): number {
  switch (constraint.kind) {
    case 'tag': {
      if (!holds) return -1;
      const match = /^go1(?:\.([+-]?\d+))?$/.exec(constraint.tag);
      return match === null ? -1 : Math.max(Number(match[1] ?? 0), -1);
    }
    case 'not':
      return minimumVersion(constraint.operand, !holds);
    case 'and':
    case 'or': {
      const left = minimumVersion(constraint.left, holds);
      const right = minimumVersion(constraint.right, holds);
      return (constraint.kind === 'and') === holds ? Math.max(left, right) : Math.min(left, right);
    }
  }
}

/** Recursive descent over `or = and {"||" and}`, `and = not {"&&" not}`, `not = ["!"] (tag | "(" or ")")`. */
class ExpressionParser {
  private readonly tokens: readonly string[];
  private at = 0;
  private operands = 0;

  constructor(text: string) {
    this.tokens = text.match(/&&|\|\||[()!]|[\p{L}\p{Nd}_.]+|[^ \t]/gu) ?? [];
  }

  parse(): Constraint | undefined {
    const whole = this.binary('||', () => this.binary('&&', () => this.negation()));
    return this.at === this.tokens.length ? whole : undefined;
  }

  private binary(operator: '&&' | '||', operand: () => Constraint | undefined): Constraint | undefined {
    let left = operand();
    while (left !== undefined && this.tokens[this.at] === operator) {
      this.at++;
      const right = operand();
      left = right && (operator === '&&' ? and(left, right) : or(left, right));
    }
    return left;
  }

  private negation(): Constraint | undefined {
    if (++this.operands > MAX_OPERANDS) return undefined;
    if (this.tokens[this.at] !== '!') return this.atom();
    this.at++;
    const operand = this.atom();
    return operand && { kind: 'not', operand };
  }

  private atom(): Constraint | undefined {
    const token = this.tokens[this.at];
    if (token === undefined) return undefined;
    this.at++;
    if (token !== '(') return VALID_TAG.test(token) ? { kind: 'tag', tag: token } : undefined;
    const inner = this.binary('||', () => this.binary('&&', () => this.negation()));
    return this.tokens[this.at++] === ')' ? inner : undefined;
  }
}
