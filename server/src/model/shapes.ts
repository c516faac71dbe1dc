/**
 * What the model knows, as plain data: modules, packages, files, symbols and types. The functions that make and answer it
 * stand beside this file; rules and the escape engine hold these shapes and never a parser's object.
 */
import type { Range } from '../base/index.ts';
import type { DeclaredNames, Node, Tree } from '../syntax/index.ts';

/** A Go release by its minor number: 21 is Go 1.21. */
export type GoMinor = number;

export interface Module {
  /** Directory of go.mod. */
  readonly root: string;
  readonly path: string;
  readonly go: GoMinor;
}

export interface Import {
  /** Name the file uses: the alias, else the package's own name where it is known, else what its path suggests. Empty for dot and blank imports. */
  readonly name: string;
  readonly path: string;
  readonly kind: 'named' | 'alias' | 'dot' | 'blank';
  /** The import_spec. */
  readonly node: Node;
}

export interface SourceFile {
  readonly path: string;
  readonly tree: Tree;
  readonly problems: readonly Range[];
  readonly packageName: string;
  readonly imports: readonly Import[];
  /** Name ends in _test.go. */
  readonly isTest: boolean;
  /** Carries Go's `// Code generated … DO NOT EDIT.` line. */
  readonly isGenerated: boolean;
  /** Language version that holds for this file: its module's, changed by `//go:build go1.N` as the go command does. */
  readonly go: GoMinor;
  /** As a package's. */
  readonly derived: object;
  /** What it may declare, known without its tree; undefined where asking the tree costs nothing or nothing else can tell. */
  outline?(): DeclaredNames | undefined;
}

/** The files of one directory that are compiled together: same package clause, build constraints satisfied. */
export interface Package {
  readonly directory: string;
  /** Undefined outside a module. */
  readonly importPath: string | undefined;
  readonly name: string;
  readonly module: Module | undefined;
  readonly files: readonly SourceFile[];
  /** Names the build tags under which the files were chosen: packages of two builds may share files. Absent where there is one build only. */
  readonly build?: string;
  /** What is worked out about the package and could be worked out again hangs on this object; there is a new one once it was let go. */
  readonly derived: object;
  /**
   * Files under the same package clause that this build leaves out and another may compile together with `file`. Undefined when
   * some code of the directory is not in view (too large or deep to read, assembly), so that nobody can say who uses a name.
   */
  leftOutBeside(file: SourceFile): readonly SourceFile[] | undefined;
}

export type SymbolKind = 'variable' | 'constant' | 'type' | 'function' | 'import' | 'label' | 'builtin';
export type VariableRole = 'local' | 'parameter' | 'receiver' | 'result' | 'range' | 'package';

/** A declared name. Two uses name the same thing if and only if they resolve to the same object. */
export interface GoSymbol {
  readonly kind: SymbolKind;
  readonly name: string;
  /** Undefined in the universe block. */
  readonly file: SourceFile | undefined;
  /** The declaring identifier in `file`; NONE in the universe block, and for an import without an alias its import_spec. */
  readonly declaration: Node;
  /** Of variables; undefined otherwise. */
  readonly role: VariableRole | undefined;
  /** Innermost function around a local declaration (a literal counts), NONE at package level. */
  readonly owner: Node;
  /** Range of the block in which a local name is visible; the whole file for others. */
  readonly scope: Range;
}

export type Access = 'declare' | 'read' | 'write' | 'update' | 'address';

/** One occurrence of a symbol in its file. `address`: `&x`, slicing an array, calling a pointer method on a value. `update`: `x++`, `x += y`. */
export interface Reference {
  readonly node: Node;
  readonly access: Access;
  /** Innermost function around the occurrence; differs from the symbol's owner when a closure captures it. */
  readonly within: Node;
  /** A `read` that takes the address if the operand's type, which is unknown, is of the kind that lets it. */
  readonly mayTakeAddress?: true;
}

export type Type =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'basic'; readonly name: string; readonly untyped?: true }
  | {
      readonly kind: 'named';
      readonly path: string;
      readonly name: string;
      readonly symbol: GoSymbol | undefined;
      readonly arguments: readonly Type[];
    }
  | { readonly kind: 'pointer'; readonly element: Type }
  | { readonly kind: 'slice'; readonly element: Type }
  | { readonly kind: 'array'; readonly element: Type; readonly length: number | undefined }
  | { readonly kind: 'map'; readonly key: Type; readonly element: Type }
  | { readonly kind: 'channel'; readonly element: Type; readonly direction: 'both' | 'send' | 'receive' }
  | {
      readonly kind: 'function';
      readonly parameters: readonly Type[];
      readonly results: readonly Type[];
      readonly isVariadic: boolean;
      readonly typeParameters?: readonly Type[];
    }
  | { readonly kind: 'struct'; readonly fields: readonly StructField[] }
  | { readonly kind: 'interface'; readonly methods: readonly Method[]; readonly isComplete: boolean; readonly terms?: readonly TypeTerm[] }
  | { readonly kind: 'tuple'; readonly elements: readonly Type[] }
  | { readonly kind: 'type-parameter'; readonly name: string; readonly constraint: Type; readonly symbol: GoSymbol | undefined }
  | { readonly kind: 'nil' };

/** One term of a type set: a type, or with a tilde all types whose underlying type it is. */
export interface TypeTerm {
  readonly hasTilde: boolean;
  readonly type: Type;
}

export interface StructField {
  readonly name: string;
  readonly type: Type;
  readonly isEmbedded: boolean;
  /** Import path of the package that wrote the field; an unexported name is the same only within one. */
  readonly path?: string;
}

export interface Method {
  readonly name: string;
  readonly type: Type;
  /** Import path of the package that wrote it; an unexported name is the same only within one. */
  readonly path?: string;
}

/** A function with a body or signature in view. */
export interface FunctionDeclaration {
  readonly file: SourceFile;
  /** function_declaration, method_declaration or func_literal. */
  readonly node: Node;
}

/** What a call calls. `name` is `Name`, or `Type.Name` for a method; `path` the import path of its package ('' for the reviewed package when outside a module). `dynamic` names the interface method, where there is one. */
export type Callee =
  | {
      readonly kind: 'function' | 'method';
      readonly path: string;
      readonly name: string;
      readonly declaration: FunctionDeclaration | undefined;
      /** The call names a local variable that holds the function. */
      readonly isHeld?: true;
    }
  | { readonly kind: 'literal'; readonly declaration: FunctionDeclaration }
  | { readonly kind: 'builtin'; readonly name: string }
  | { readonly kind: 'conversion'; readonly type: Type }
  | { readonly kind: 'dynamic'; readonly path?: string; readonly name?: string }
  | { readonly kind: 'unknown' };

/** A straight run of nodes. `nodes` are statements and the expressions evaluated in it (conditions, range clauses, deferred calls at their `defer`), in evaluation order, never a compound statement. */
export interface Block {
  readonly index: number;
  readonly nodes: readonly Node[];
  readonly successors: readonly number[];
  readonly predecessors: readonly number[];
}

/** Control flow of one function. Calls that never return and panics end in `abort`; returns and falling off the end in `exit`. */
export interface ControlFlow {
  readonly function: Node;
  readonly blocks: readonly Block[];
  readonly entry: number;
  readonly exit: number;
  readonly abort: number;
}
