/**
 * What every identifier of a file means, and how each symbol is used. Binding is syntax alone and exact; types are asked only
 * where Go asks them: whether `{Key: v}` names a field, and whether `x.f()` or `x[:]` takes x's address. Until a file's
 * types are attached (`typesOf` does it), and where they are unknown, those answers stay on the safe side.
 */
import { go, NONE, type Node } from '../../syntax/index.ts';
import type { GoSymbol, Import, Package, Reference, SourceFile } from '../shapes.ts';
import { accessOf, type ScopeTypes } from './access.ts';
import type { Pass, ScopeBlock } from './binder.ts';
import { bindAll, bindAround, bindingsOf } from './pass.ts';
import { membersOf, membersOfFile } from './symbols.ts';
import { universe } from './universe.ts';

/** Names and uses in one file of a package. Symbols of its functions belong to the file, whatever package it is taken for. */
export interface Scopes {
  /**
   * Meaning of an identifier row (type names, package names, labels, `nil`, `true`, `iota` included). Undefined for `_`, field
   * and method names, keys that name a field, parameter names of mere function types, and names nothing in view declares.
   * The guard's name of a type switch gives the symbol of the first clause.
   */
  symbolOf(node: Node): GoSymbol | undefined;
  /** All uses in this file in source order, the declaration included. */
  references(symbol: GoSymbol): readonly Reference[];
  /** What a name would mean if it were written at the start of `node`. */
  lookup(name: string, node: Node): GoSymbol | undefined;
  /** The import that an `import` symbol stands for. */
  importOf(symbol: GoSymbol): Import | undefined;
  /** The clause of a type switch whose variable this is (each clause has its own), or NONE. */
  clauseOf(symbol: GoSymbol): Node;
}

const cache = new WeakMap<object, Map<SourceFile, FileScopes>>();

/** Scopes of a file of the package; kept until the package is let go. */
export function scopesOf(pkg: Package, file: SourceFile): FileScopes {
  const ofPackage = cache.get(pkg.derived) ?? new Map<SourceFile, FileScopes>();
  cache.set(pkg.derived, ofPackage);
  const known = ofPackage.get(file);
  if (known !== undefined) return known;
  const scopes = new FileScopes(pkg, file);
  ofPackage.set(file, scopes);
  return scopes;
}

/** `Scopes` with the seam through which types answer. */
export class FileScopes implements Scopes {
  private readonly bound: Pass;
  private readonly imports: ReadonlyMap<Node, readonly [Import, GoSymbol]>;
  private readonly importNames: ReadonlyMap<string, GoSymbol>;
  private readonly outside = new Map<string, GoSymbol | undefined>();
  private readonly known = new Map<GoSymbol, readonly Reference[]>();
  private types: ScopeTypes | undefined;
  private dotImported: ((name: string) => GoSymbol | undefined) | undefined;

  constructor(
    private readonly pkg: Package,
    private readonly file: SourceFile,
  ) {
    this.imports = new Map(importSymbols(file).map(([imported, symbol]) => [symbol.declaration, [imported, symbol]]));
    this.importNames = new Map([...this.imports.values()].map(([, symbol]) => [symbol.name, symbol]));
    this.bound = bindingsOf(file);
  }

  /** Lets types refine the answers, and binds the names that dot imports give. The first caller's types stay. */
  attach(types: ScopeTypes, dotImported: ((name: string) => GoSymbol | undefined) | undefined): void {
    if (this.types !== undefined) return;
    this.types = types;
    this.known.clear();
    this.dotImported = dotImported;
    this.outside.clear();
  }

  symbolOf(node: Node): GoSymbol | undefined {
    const number = this.numberOf(node);
    if (number === 0) return this.imports.get(node)?.[1];
    if (this.bound.keys.has(node) && this.isFieldKey(node) === true) return undefined;
    const { symbol, name } = this.bound.bindings[number - 1];
    return symbol ?? this.outer(name);
  }

  references(symbol: GoSymbol): readonly Reference[] {
    const known = this.known.get(symbol);
    if (known !== undefined) return known;
    const nodes = this.bound.bySymbol.get(symbol)?.nodes ?? this.outerNodes(symbol);
    const { tree } = this.file;
    const references = [...nodes]
      .sort((a, b) => a - b)
      .filter((node) => !this.bound.keys.has(node) || this.isFieldKey(node) !== true)
      .map((node) => accessOf(tree, symbol, node, this.types));
    this.known.set(symbol, references);
    return references;
  }

  lookup(name: string, node: Node): GoSymbol | undefined {
    for (let block = this.blockAt(node); block !== undefined; block = block.parent) {
      const found = block.names?.get(name);
      if (found !== undefined && found.from <= node) return found.binding.symbol;
    }
    return this.outer(name);
  }

  importOf(symbol: GoSymbol): Import | undefined {
    const entry = this.imports.get(symbol.declaration);
    return entry !== undefined && entry[1] === symbol ? entry[0] : undefined;
  }

  clauseOf(symbol: GoSymbol): Node {
    return this.bound.clauses.get(symbol) ?? NONE;
  }

  /** Most of what is asked about is bound already. */
  private numberOf(node: Node): number {
    const known = this.bound.bindingOf[node];
    if (known !== 0) return known;
    bindAround(this.bound, node);
    return this.bound.bindingOf[node];
  }

  /** Undefined where the literal's type is unknown. */
  private isFieldKey(node: Node): boolean | undefined {
    const { tree } = this.file;
    const literal = tree.parent[tree.parent[tree.parent[node]]];
    if (this.types === undefined) return undefined;
    const type = this.types.underlying(this.types.typeOf(literal));
    const { kind } = type.kind === 'pointer' ? this.types.underlying(type.element) : type;
    return kind === 'unknown' || kind === 'interface' ? undefined : kind === 'struct';
  }

  private outerNodes(symbol: GoSymbol): readonly Node[] {
    if (this.outer(symbol.name) !== symbol) return [];
    bindAll(this.bound);
    const uses = this.bound.outer.get(symbol.name)?.nodes ?? [];
    return this.imports.get(symbol.declaration)?.[1] === symbol ? [symbol.declaration, ...uses] : uses;
  }

  /** What a name means outside all functions. */
  private outer(name: string): GoSymbol | undefined {
    const known = this.outside.get(name);
    if (known !== undefined || this.outside.has(name)) return known;
    const symbol = this.findOutside(name);
    this.outside.set(name, symbol);
    return symbol;
  }

  /** Where files that are programs of their own lie together, each means what it declares or imports itself. */
  private findOutside(name: string): GoSymbol | undefined {
    return (
      membersOfFile(this.file).byName.get(name) ??
      this.importNames.get(name) ??
      membersOf(this.pkg).symbols.get(name) ??
      universe.get(name) ??
      this.dotImported?.(name)
    );
  }

  private blockAt(node: Node): ScopeBlock | undefined {
    const blocks = this.bound.blocks[bindAround(this.bound, node)] ?? [];
    let low = 0;
    let high = blocks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (blocks[middle].node <= node) low = middle + 1;
      else high = middle;
    }
    let block = low === 0 ? undefined : blocks[low - 1];
    while (block !== undefined && block.end <= node) block = block.parent;
    return block;
  }
}

function importSymbols(file: SourceFile): (readonly [Import, GoSymbol])[] {
  const { tree } = file;
  const scope = { start: 0, end: tree.source.length };
  return file.imports
    .filter((imported) => imported.name !== '')
    .map((imported) => {
      const alias = go.importSpec.name(tree, imported.node);
      const declaration = alias === NONE ? imported.node : alias;
      return [imported, { kind: 'import', name: imported.name, file, declaration, role: undefined, owner: NONE, scope }] as const;
    });
}
