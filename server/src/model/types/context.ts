/**
 * What the parts of the type evaluator know of each other: one context per file, one world for all files seen through one
 * importer. The parts depend on these interfaces only, so their mutual recursion makes no import cycle.
 */
import type { Store } from '../../base/index.ts';
import type { Node, Tree } from '../../syntax/index.ts';
import type { ExactNumber } from '../constants/rational.ts';
import type { FileScopes } from '../scopes/scopes.ts';
import type { MethodDeclaration } from '../scopes/symbols.ts';
import type { GoMinor, GoSymbol, Package, SourceFile, StructField, Type } from '../shapes.ts';
import type { Architecture } from './architecture.ts';

/** Finds the packages that imports name: other packages of the module, dependencies, standard library stubs. */
export interface PackageImporter {
  /** Architecture that is built for, as GOARCH names it; by default amd64. */
  readonly goarch?: string;
  importPackage(importPath: string, from: Package): Package | undefined;
  /** The declarations of a standard package, also where its source is at hand. */
  standardPackage?(importPath: string): Package | undefined;
  /** The package of a file that came with a type or function, which `from` need not be able to import. */
  packageHolding?(file: SourceFile, importPath: string, from: Package): Package | undefined;
  /** Of packages that never change: text that decides what they mean. */
  keyOf?(pkg: Package): string | undefined;
  /**
   * Of packages that are being edited: one object as long as nothing outside their own files changes that they look into.
   * Undefined for packages that nobody edits, about which nothing need be kept beside the package itself.
   */
  lineageOf?(pkg: Package): object | undefined;
  /** Keeps what is worked out about such packages. */
  readonly store?: Store;
  /** The release whose compiler is modelled; the newest when unsaid. */
  readonly compiler?: GoMinor;
}

/** Value of a constant: integers and runes are bigint, floating-point numbers number, Go strings those that are valid UTF-8. */
export type ConstantValue = bigint | number | string | boolean;

/** Value of a constant while it is computed with. */
export type ExactValue = ExactNumber | string | boolean;

export interface FoundField {
  readonly kind: 'field';
  readonly field: StructField;
  readonly type: Type;
  /** A pointer is followed on the way from the operand to the field. */
  readonly isIndirect: boolean;
  readonly hasPointerReceiver: false;
  /** Embedded fields on the way, outermost first. */
  readonly through: readonly StructField[];
}

export interface FoundMethod {
  readonly kind: 'method';
  readonly name: string;
  /** Signature without the receiver. */
  readonly type: Type;
  readonly isIndirect: boolean;
  readonly hasPointerReceiver: boolean;
  /** Undefined for methods of interfaces. */
  readonly declaration: MethodDeclaration | undefined;
  /** The named type or interface that has the method. */
  readonly receiver: Type;
  readonly through: readonly StructField[];
}

export interface FoundMember {
  readonly kind: 'member';
  readonly symbol: GoSymbol;
  readonly package: Package;
  readonly isIndirect: false;
  readonly hasPointerReceiver: false;
}

/** What `x.name` selects. A method expression `T.name` is a method with `isExpression`. */
export type Selection = FoundField | (FoundMethod & { readonly isExpression: boolean }) | FoundMember;

/** What stands before the parentheses of a call. */
export type CallTarget =
  | { readonly kind: 'conversion'; readonly type: Type }
  | { readonly kind: 'builtin'; readonly name: string }
  | { readonly kind: 'unsafe'; readonly name: string }
  | {
      readonly kind: 'function';
      readonly symbol: GoSymbol;
      readonly package: Package;
      readonly type: Type;
      readonly typeArguments: readonly Type[];
    }
  | {
      readonly kind: 'method';
      readonly method: FoundMethod;
      readonly isExpression: boolean;
      readonly type: Type;
      readonly typeArguments: readonly Type[];
    }
  | { readonly kind: 'value'; readonly node: Node; readonly type: Type }
  | { readonly kind: 'unknown' };

/** Type evaluation of one file. */
export interface TypeContext {
  readonly world: TypeWorld;
  readonly package: Package;
  readonly file: SourceFile;
  readonly tree: Tree;
  readonly scopes: FileScopes;
  typeOf(node: Node): Type;
  /** What `typeOf` has answered already. */
  knownType(node: Node): Type | undefined;
  remember(node: Node, type: Type): void;
  typeOfTypeNode(node: Node): Type;
  selectionOf(node: Node): Selection | undefined;
  /** What a call_expression or type_conversion_expression calls. */
  targetOf(call: Node): CallTarget;
  constantOf(node: Node): ConstantValue | undefined;
}

/** What all files share. */
export interface TypeWorld {
  readonly architecture: Architecture;
  contextOf(file: SourceFile): TypeContext | undefined;
  importPackage(importPath: string, from: Package): Package | undefined;
  typeOfSymbol(symbol: GoSymbol): Type;
  constantOfSymbol(symbol: GoSymbol): ExactValue | undefined;
  underlying(type: Type): Type;
}

/** Import path that types of the package carry; '' outside a module. */
export function pathOf(pkg: Package): string {
  return pkg.importPath ?? '';
}
