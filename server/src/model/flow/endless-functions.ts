/**
 * Which functions of a package never return, worked out for those that somebody asks about: files that declare none on which it hangs need not be
 * parsed.
 */
import { Memo } from '../../base/index.ts';
import type { Node, Tree } from '../../syntax/index.ts';
import type { SourceFile } from '../shapes.ts';
import {
  type Declaration,
  decisiveCalls,
  declarationAt,
  declarationsIn,
  declaredKey,
  type Endless,
  factsOf,
  isEndlessAlone,
  sharedFacts,
  spreadEndless,
} from './endless.ts';

/** A file of the package, or all that is known of it. */
export type EndlessSource = Pick<SourceFile, 'tree' | 'outline'>;

export class EndlessFunctions {
  private readonly found: Endless = { functions: new Map(), keys: new Set() };
  private readonly decided = new Set<string>();
  private readonly declared = new Memo(({ tree }: EndlessSource) => byKey(declarationsIn(tree)));
  private isWhole = false;

  constructor(private readonly files: readonly EndlessSource[]) {}

  /** Of a function declaration or method in one of the files. */
  has(tree: Tree, fn: Node): boolean {
    const declaration = declarationAt(tree, fn);
    if (isEndlessAlone(declaration)) return true;
    const [call] = decisiveCalls(declaration);
    if (call === undefined) return false;
    this.decide(declaredKey(declaration));
    return this.found.functions.get(tree)?.has(fn) === true;
  }

  /** Whether there is one of this key, as `localKey` gives it. */
  hasKey(key: string): boolean {
    this.decide(key);
    return this.found.keys.has(key);
  }

  /** Of all that there are. */
  get keys(): ReadonlySet<string> {
    if (!this.isWhole) {
      const facts = this.files.map(({ tree }) => factsOf(tree));
      spreadEndless(facts, this.found);
      this.isWhole = true;
    }
    return this.found.keys;
  }

  /** Of a function on which it hangs all have to be known first, so that those are decided with it. */
  private decide(asked: string): void {
    if (this.isWhole || this.decided.has(asked)) return;
    const open = new Set([asked]);
    const declarations: Declaration[] = [];
    for (const key of open) {
      if (this.decided.has(key)) continue;
      this.decided.add(key);
      for (const each of this.declarationsOf(key)) {
        declarations.push(each);
        for (const call of decisiveCalls(each)) open.add(call);
      }
    }
    spreadEndless([sharedFacts(declarations)], this.found);
  }

  private declarationsOf(key: string): readonly Declaration[] {
    return this.files.flatMap((file) => (mayDeclare(file, key) ? (this.declared.get(file).get(key) ?? []) : []));
  }
}

function byKey(declarations: readonly Declaration[]): ReadonlyMap<string, readonly Declaration[]> {
  const found = new Map<string, Declaration[]>();
  for (const each of declarations) {
    const key = declaredKey(each);
    const known = found.get(key);
    if (known === undefined) found.set(key, [each]);
    else known.push(each);
  }
  return found;
}

/** Whether a file may have a function of this key, as far as anybody can tell without its tree. */
function mayDeclare(file: EndlessSource, key: string): boolean {
  const outline = file.outline?.();
  if (outline === undefined) return true;
  const dot = key.indexOf('.');
  return dot < 0 ? outline.names.has(key) : outline.receivers.has(key.slice(0, dot)) && outline.methods.has(key.slice(dot + 1));
}
