/**
 * What the members of a struct or an interface are, read from the tokens of its declaration, and what of two versions differs. Tokens are text of
 * which each character is a byte; a line that ends a member is the token `;`.
 */
import { CLOSE, OPEN, WORD } from './go-tokens.ts';

export interface TypeMember {
  /** Empty for what is embedded. */
  readonly names: readonly string[];
  readonly tokens: readonly string[];
}

interface TypeBody {
  /** The type's name, its parameters, and which kind of type it is. */
  readonly opening: readonly string[];
  readonly members: readonly TypeMember[];
}

/** Of the declaration of a struct, an interface, or a list of such; none for other types. */
export function typeMembers(tokens: readonly string[]): readonly TypeMember[] {
  return bodyOf(tokens)?.members ?? [];
}

/**
 * Names of the members that came, went or are others. Undefined where more than that differs: what is embedded, type parameters, the kind of type.
 */
export function changedMembers(now: readonly string[], before: readonly string[]): ReadonlySet<string> | undefined {
  const [body, other] = [bodyOf(now), bodyOf(before)];
  if (body === undefined || other === undefined || textOf(body.opening) !== textOf(other.opening)) return undefined;
  const [texts, otherTexts] = [body, other].map(({ members }) => new Set(members.map(({ tokens }) => textOf(tokens))));
  const changed = [
    ...body.members.filter(({ tokens }) => !otherTexts.has(textOf(tokens))),
    ...other.members.filter(({ tokens }) => !texts.has(textOf(tokens))),
  ];
  return changed.some(({ names }) => names.length === 0) ? undefined : new Set(changed.flatMap(({ names }) => names));
}

/** Words, but for those directly behind a star, with or without their package: `T` of `map[string]T`, and not of `*T`. */
export function wordsByValue(tokens: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  let isPointed = false;
  for (const [i, token] of tokens.entries()) {
    if (!WORD.test(token)) continue;
    const isSelected = tokens[i - 1] === '.' && WORD.test(tokens[i - 2] ?? '');
    isPointed = tokens[i - 1] === '*' || (isSelected && isPointed);
    if (!isPointed) found.add(token);
  }
  return found;
}

function bodyOf(tokens: readonly string[]): TypeBody | undefined {
  const open = tokens.findIndex((token, i) => token === '{' && (tokens[i - 1] === 'struct' || tokens[i - 1] === 'interface'));
  if (open < 0 || tokens.at(-1) !== '}' || depthBefore(tokens, open) !== 0) return undefined;
  const isInterface = tokens[open - 1] === 'interface';
  const namesOf = isInterface ? methodName : fieldNames;
  const members = membersIn(tokens.slice(open + 1, -1)).map((each) => ({ names: namesOf(each), tokens: each }));
  return { opening: tokens.slice(0, open), members };
}

function depthBefore(tokens: readonly string[], end: number): number {
  const before = tokens.slice(0, end);
  return before.filter((token) => OPEN.has(token)).length - before.filter((token) => CLOSE.has(token)).length;
}

function membersIn(tokens: readonly string[]): readonly (readonly string[])[] {
  const members: string[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (OPEN.has(token)) depth++;
    else if (CLOSE.has(token)) depth--;
    if (depth === 0 && token === ';') members.push([]);
    else members.at(-1)?.push(token);
  }
  return members.filter(({ length }) => length > 0);
}

function methodName(tokens: readonly string[]): readonly string[] {
  return tokens[1] === '(' && WORD.test(tokens[0]) ? [tokens[0]] : [];
}

/** `a, b int` declares two; `T`, `*T`, `p.T` and `T[int]` are embedded. */
function fieldNames(tokens: readonly string[]): readonly string[] {
  const isTagged = /^["`]/.test(tokens.at(-1) ?? '');
  const spec = isTagged ? tokens.slice(0, -1) : tokens;
  const names: string[] = [];
  for (let i = 0; WORD.test(spec[i] ?? ''); i += 2) {
    names.push(spec[i]);
    if (spec[i + 1] !== ',') break;
  }
  const next: string | undefined = spec[2 * names.length - 1];
  if (names.length === 0 || next === undefined || next === '.') return [];
  return next === '[' && isTypeArguments(spec.slice(2 * names.length - 1)) ? [] : names;
}

/** Whether nothing stands behind the bracket that closes the first one. */
function isTypeArguments(tokens: readonly string[]): boolean {
  let depth = 0;
  const end = tokens.findIndex((token) => {
    if (OPEN.has(token)) depth++;
    else if (CLOSE.has(token)) depth--;
    return depth === 0;
  });
  return end === tokens.length - 1;
}

function textOf(tokens: readonly string[]): string {
  return tokens.join(' ');
}
