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
  const { changed } = compared(body, other);
  return changed.some(({ names }) => names.length === 0) ? undefined : new Set(changed.flatMap(({ names }) => names));
}

/**
 * Whether values of both versions of a struct, which differ in some members, flow alike but for the room that they take: both hold pointers or what
 * differs holds none, an interface holds neither as it is, and no array makes one too large for a stack. An interface is two words whatever it asks for.
 */
export function flowAlike(now: readonly string[], before: readonly string[]): boolean {
  const [body, other] = [bodyOf(now), bodyOf(before)];
  if (body === undefined || other === undefined) return false;
  if (body.opening.at(-1) === 'interface') return true;
  const areMany = [body, other].every(({ members }) => members.reduce((count, { names }) => count + Math.max(1, names.length), 0) > 1);
  if (!areMany || hasArrays(now) || hasArrays(before)) return false;
  const { changed, kept } = compared(body, other);
  return (
    kept.some(({ names, tokens }) => isPointer(typeIn(names, tokens))) ||
    changed.every(({ names, tokens }) => isPlain(typeIn(names, tokens)))
  );
}

/** Whether an array type of a certain length may stand among the tokens: `[4]T`, and not `[]T`, `map[K]T`, `x[i]`, `T[K]` or `T[K any]`. */
export function hasArrays(tokens: readonly string[]): boolean {
  return tokens.some((token, i) => token === '[' && tokens[i + 1] !== ']' && tokens[i - 1] !== 'map' && isLength(tokens, i));
}

/** Whether an element's type stands behind the brackets, and no type parameters between them. */
function isLength(tokens: readonly string[], open: number): boolean {
  const end = closing(tokens, open);
  const inside = tokens.slice(open + 1, end);
  const behind: string | undefined = tokens[end + 1];
  const areParameters = inside.some((token, i) => WORD.test(token) && WORD.test(inside[i + 1] ?? ''));
  return behind !== undefined && !areParameters && (WORD.test(behind) || behind === '*' || behind === '[' || behind === '<');
}

function compared(body: TypeBody, other: TypeBody): { readonly changed: readonly TypeMember[]; readonly kept: readonly TypeMember[] } {
  const [texts, otherTexts] = [body, other].map(({ members }) => new Set(members.map(({ tokens }) => textOf(tokens))));
  const came = body.members.filter(({ tokens }) => !otherTexts.has(textOf(tokens)));
  const went = other.members.filter(({ tokens }) => !texts.has(textOf(tokens)));
  return { changed: [...came, ...went], kept: body.members.filter(({ tokens }) => otherTexts.has(textOf(tokens))) };
}

/** What stands behind the names, `a, b`; the tag with it. */
function typeIn(names: readonly string[], tokens: readonly string[]): readonly string[] {
  return tokens.slice(Math.max(0, 2 * names.length - 1));
}

const POINTERS: ReadonlySet<string> = new Set(['*', 'map', 'chan', 'func', 'interface', '<', 'string', 'error', 'any']);

function isPointer([first, second]: readonly string[]): boolean {
  return (POINTERS.has(first) && second !== '.') || (first === '[' && second === ']');
}

const PLAIN = /^(?:bool|byte|rune|u?int(?:8|16|32|64)?|uintptr|float(?:32|64)|complex(?:64|128))$/;

function isPlain([first, second]: readonly string[]): boolean {
  return PLAIN.test(first) && (second === undefined || /^["`]/.test(second));
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
  return closing(tokens, 0) === tokens.length - 1;
}

/** Index of the bracket that closes the one at `open`; -1 where none does. */
function closing(tokens: readonly string[], open: number): number {
  let depth = 0;
  return tokens.findIndex((token, i) => {
    if (i < open) return false;
    if (OPEN.has(token)) depth++;
    else if (CLOSE.has(token)) depth--;
    return depth === 0;
  });
}

function textOf(tokens: readonly string[]): string {
  return tokens.join(' ');
}
