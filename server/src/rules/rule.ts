/**
 * The contract of a rule: one plain object from which everything else about it is generated or derived. A rule decides,
 * words and repairs; it does no I/O, keeps no state between calls and knows no protocol.
 */
import type { Location, Range } from '../base/index.ts';
import type { PackageEscape } from '../escape/index.ts';
import type { ControlFlow, Import, Package, Scopes, SourceFile, Types } from '../model/index.ts';
import type { KindName, Node, Tree } from '../syntax/index.ts';

export type Severity = 'error' | 'warning' | 'information' | 'hint';
/** `certain`: proved from what is in view. `likely`: nearly always so. `possible`: not shown unless asked for. */
export type Certainty = 'certain' | 'likely' | 'possible';
/** `safe`: provably the same behaviour, and compiles. `suggestion`: a person should look. `unsafe`: may change behaviour. */
export type FixSafety = 'safe' | 'suggestion' | 'unsafe';
export type Category = 'leak' | 'allocation' | 'growth' | 'closure' | 'correctness';

/** An edit in a file of the package, byte offsets. */
export interface FileEdit {
  /** Default: the file under review. */
  readonly path?: string;
  readonly range: Range;
  readonly newText: string;
}

export interface RuleFix {
  readonly title: string;
  readonly safety: FixSafety;
  /** One baseline, never overlapping, imports included. */
  readonly edits: readonly FileEdit[];
  /** What of the new text is a guess, as it stands there: editors that can let people change it as they take the fix. */
  readonly guess?: string;
  /** Whether a comment goes on purpose, which the title says. No other fix may lose one. */
  readonly dropsComment?: boolean;
}

export interface RelatedPlace {
  readonly at: Location;
  readonly note: string;
}

export interface Report {
  /** The narrowest token range on one line that names the problem. */
  readonly at: Range;
  /** Key of the rule's `messages`. */
  readonly message: string;
  /** Fills `{placeholders}` of the message. */
  readonly data?: Readonly<Record<string, string | number>>;
  readonly related?: readonly RelatedPlace[];
  /** In the order in which they should be offered. */
  readonly fixes?: readonly RuleFix[];
  /** Default: certain. */
  readonly certainty?: Certainty;
  /** Default: the rule's own. */
  readonly severity?: Severity;
}

/** `recommended` stands for the default where nothing but the preset `recommended` turns the rule on. */
export type OptionDefinition =
  | { readonly type: 'boolean'; readonly default: boolean; readonly recommended?: boolean; readonly doc: string }
  | { readonly type: 'integer'; readonly default: number; readonly minimum: number; readonly maximum: number; readonly doc: string };

export type Options = Readonly<Record<string, OptionDefinition>>;
export type OptionValue = boolean | number;
type Widened<Default> = Default extends boolean ? boolean : number;
export type OptionValues<O extends Options> = { readonly [K in keyof O]: Widened<O[K]['default']> };

/** What a rule may ask while it looks at one file. */
export interface RuleContext<O extends Options = Options> {
  readonly file: SourceFile;
  readonly tree: Tree;
  readonly package: Package;
  readonly imports: readonly Import[];
  readonly scopes: Scopes;
  readonly types: Types;
  readonly options: OptionValues<O>;
  /** Where values of the package live; analysed when first asked. */
  readonly escape: PackageEscape;
  /** Control flow of a function declaration, method or literal; built once per function. */
  flow(fn: Node): ControlFlow;
  report(report: Report): void;
}

/** A method's type, so that a rule with options of its own is still a `Rule`. */
type Visitor<O extends Options> = { visit(node: Node, context: RuleContext<O>): void }['visit'];

export interface RuleDocs {
  /** One sentence: what is flagged. */
  readonly summary: string;
  readonly why: string;
  /** What it costs, and when it is paid. */
  readonly cost: string;
  /** Complete Go files (package clause included). `bad` gives at least one finding, `good` none. */
  readonly bad: string;
  readonly good: string;
  readonly limits: string;
  readonly skipWhen: string;
  readonly links: readonly string[];
}

export interface Rule<O extends Options = Options> {
  readonly id: string;
  readonly category: Category;
  readonly severity: Severity;
  /** `recommended` is on by default; `all` only when asked for. */
  readonly preset: 'recommended' | 'all';
  /** Version of Escapement that brought it. */
  readonly since: string;
  /** What a finding rests on. */
  readonly evidence: 'syntax' | 'scope' | 'types' | 'flow' | 'escape';
  /**
   * What a rule that asks for the `package` wants of the bodies in it, beside the one in hand and what `escape` and `flow` say: by default
   * nothing. `callers`: those of the function in hand, and theirs, three calls up. `uses`: where the types and fields that are declared in hand
   * are named. `bodies`: any of them. Where some bodies changed, in an editor or since a revision, other declarations are looked at again only
   * by rules that rest on these.
   */
  readonly restsOn?: 'callers' | 'uses' | 'bodies';
  /** Best tier of its fixes. */
  readonly fix: FixSafety | 'none';
  /** Go minor versions in which it speaks, both inclusive. */
  readonly go: { readonly from?: number; readonly to?: number };
  readonly messages: Readonly<Record<string, string>>;
  readonly options: O;
  readonly docs: RuleDocs;
  /** Tools that report nearly all of what this rule does, in their own defaults, with the name of their check. */
  readonly alsoIn?: Readonly<Partial<Record<Peer, string>>>;
  /**
   * For a rule that looks into the bodies of functions of other packages, by itself and not through `escape` or `flow`, four calls deep at most, or at
   * what types hold behind pointers: words of which a declaration has one where such a finding is in it, behind `for` where that is in a loop of the same function.
   */
  readonly follows?: readonly string[];
  /** Called in source order for each node of a kind, inside functions without syntax errors and at package level. */
  readonly visit?: { readonly [K in KindName]?: Visitor<O> };
  /** The same for each call_expression by the last name before its arguments: `Sprintf` for `fmt.Sprintf(…)` and `Sprintf(…)`, whatever it means. */
  readonly calls?: { readonly [lastName: string]: Visitor<O> };
}

/** Tools and linters that look for some of what our rules look for. */
export const PEERS = [
  'copyloopvar',
  'fatcontext',
  'fieldalignment',
  'gocritic',
  'gopls',
  'govet',
  'makezero',
  'mirror',
  'perfsprint',
  'prealloc',
  'staticcheck',
] as const;
export type Peer = (typeof PEERS)[number];

/** Checks nothing at run time: it gives the literal its types. */
export function defineRule<const O extends Options>(rule: Rule<O>): Rule<O> {
  return rule;
}
