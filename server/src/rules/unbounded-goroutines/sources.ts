/**
 * What gives as many elements as somebody else has: files of a directory, rows of a query, lines of a text, what was decoded,
 * and lists that are asked of a service. None of them is a handful that was written into a configuration one by one.
 */
import type { Type, Types } from '../../model/index.ts';
import { calledName, children, go, Kind, NONE, type Node, type Tree, textOf, unparenthesized } from '../../syntax/index.ts';
import { isContextType } from '../kit/cancel/sources.ts';
import { calledFunction } from '../kit/known-calls.ts';

/** A file's tree with its types. */
export interface View {
  readonly tree: Tree;
  readonly types: Types;
}

/** What the elements are to their source, as the message says it. */
export type SourceKind = 'line' | 'row' | 'file' | 'decoded' | 'listed' | 'request' | 'item';

const COLLECTIONS: ReadonlyMap<string, SourceKind> = new Map([
  ['os.ReadDir', 'file'],
  ['os.File.ReadDir', 'file'],
  ['os.File.Readdir', 'file'],
  ['os.File.Readdirnames', 'file'],
  ['io/ioutil.ReadDir', 'file'],
  ['io/fs.ReadDir', 'file'],
  ['io/fs.Glob', 'file'],
  ['path/filepath.Glob', 'file'],
  ['github.com/spf13/afero.ReadDir', 'file'],
  ['encoding/csv.Reader.ReadAll', 'row'],
]);

/** Calls of a loop's condition that go on to the next. */
const STEPS: ReadonlyMap<string, SourceKind> = new Map([
  ['bufio.Scanner.Scan', 'line'],
  ['database/sql.Rows.Next', 'row'],
  ['github.com/jmoiron/sqlx.Rows.Next', 'row'],
  ['github.com/jackc/pgx/v4.Rows.Next', 'row'],
  ['github.com/jackc/pgx/v5.Rows.Next', 'row'],
  ['go.mongodb.org/mongo-driver/mongo.Cursor.Next', 'row'],
  ['go.mongodb.org/mongo-driver/v2/mongo.Cursor.Next', 'row'],
  ['github.com/syndtr/goleveldb/leveldb/iterator.Iterator.Next', 'row'],
]);

/** Functions that call a literal for each of what they come to. */
const WALKS: ReadonlyMap<string, SourceKind> = new Map([
  ['path/filepath.Walk', 'file'],
  ['path/filepath.WalkDir', 'file'],
  ['io/fs.WalkDir', 'file'],
  ['github.com/spf13/afero.Walk', 'file'],
  ['go.etcd.io/bbolt.Bucket.ForEach', 'row'],
  ['github.com/boltdb/bolt.Bucket.ForEach', 'row'],
  ['github.com/coreos/bbolt.Bucket.ForEach', 'row'],
]);

const TEXTS: ReadonlySet<string> = new Set([
  'os.ReadFile',
  'io/ioutil.ReadFile',
  'io.ReadAll',
  'io/ioutil.ReadAll',
  'os/exec.Cmd.Output',
  'os/exec.Cmd.CombinedOutput',
]);
const SPLITS: ReadonlySet<string> = new Set([
  'strings.Split',
  'strings.Fields',
  'strings.SplitAfter',
  'strings.SplitSeq',
  'strings.FieldsSeq',
  'strings.Lines',
  'bytes.Split',
  'bytes.Fields',
  'bytes.Lines',
]);
const TRIMS: ReadonlySet<string> = new Set(['strings.TrimSpace', 'bytes.TrimSpace', 'strings.Trim', 'strings.TrimRight', 'bytes.Trim']);

/** Calls that fill what they are given the address of. */
const DECODERS: ReadonlyMap<string, SourceKind> = new Map([
  ['encoding/json.Decoder.Decode', 'decoded'],
  ['encoding/json.Unmarshal', 'decoded'],
  ['encoding/xml.Decoder.Decode', 'decoded'],
  ['encoding/xml.Unmarshal', 'decoded'],
  ['encoding/gob.Decoder.Decode', 'decoded'],
  ['github.com/gin-gonic/gin.Context.BindJSON', 'request'],
  ['github.com/gin-gonic/gin.Context.ShouldBindJSON', 'request'],
  ['github.com/gin-gonic/gin.Context.Bind', 'request'],
  ['github.com/gin-gonic/gin.Context.ShouldBind', 'request'],
  ['github.com/labstack/echo/v4.Context.Bind', 'request'],
  ['github.com/gofiber/fiber/v2.Ctx.BodyParser', 'request'],
  ['github.com/jmoiron/sqlx.DB.Select', 'row'],
  ['github.com/jmoiron/sqlx.DB.SelectContext', 'row'],
  ['gorm.io/gorm.DB.Find', 'row'],
  ['github.com/jinzhu/gorm.DB.Find', 'row'],
  ['xorm.io/xorm.Session.Find', 'row'],
  ['xorm.io/xorm.Engine.Find', 'row'],
  ['go.mongodb.org/mongo-driver/mongo.Cursor.All', 'row'],
  ['go.mongodb.org/mongo-driver/v2/mongo.Cursor.All', 'row'],
]);

export function stepKind({ types }: View, call: Node): SourceKind | undefined {
  return STEPS.get(calledFunction({ types }, call) ?? '');
}

/** What a call puts into the argument at `index`; undefined where it is not known to fill it with somebody's data. */
export function decodedKind(view: View, call: Node, index: number): SourceKind | undefined {
  return (
    DECODERS.get(calledFunction(view, call) ?? '') ??
    (index === 1 && takesContext(view, call) && isNamed(view, call, /^List$/) ? 'listed' : undefined)
  );
}

export function walkKind({ types }: View, call: Node): SourceKind | undefined {
  return WALKS.get(calledFunction({ types }, call) ?? '');
}

export function isSplit({ types }: View, call: Node): boolean {
  return SPLITS.has(calledFunction({ types }, call) ?? '');
}

export function isTrim({ types }: View, call: Node): boolean {
  return TRIMS.has(calledFunction({ types }, call) ?? '');
}

export function givesText({ types }: View, call: Node): boolean {
  return TEXTS.has(calledFunction({ types }, call) ?? '');
}

/** What a call gives as a collection, or as what holds one in a field; undefined where that is not known to grow with somebody's data. */
export function collectionKind(view: View, call: Node): SourceKind | undefined {
  const known = COLLECTIONS.get(calledFunction(view, call) ?? '');
  if (known !== undefined) return isConfigured(view, call) ? undefined : known;
  return isListing(view, call) ? 'listed' : undefined;
}

/** Whether a pattern is looked for that is not written here: a user has set it up, for a few files. */
function isConfigured(view: View, call: Node): boolean {
  if (!/\.Glob$/.test(calledFunction(view, call) ?? '')) return false;
  return !/[*?[][^"`]*["`]/.test(textOf(view.tree, go.callExpression.arguments(view.tree, call)));
}

/** A method named after a list, given a context or options for lists, that gives a slice, or a struct with one; and what the clients of two clouds list. */
function isListing(view: View, call: Node): boolean {
  const { types } = view;
  const result = types.typeOf(call);
  const first = result.kind === 'tuple' ? result.elements[0] : result;
  if (first === undefined || !holdsSlice(types, first)) return false;
  return (
    (isNamed(view, call, LISTING) && (takesContext(view, call) || takesOptions(view, call))) ||
    CLOUDS.test(calledFunction(view, call) ?? '')
  );
}

const LISTING = /^(?:List|Scan|Describe)|(?:List|Pages)$/;
const CLOUDS = /^(?:google\.golang\.org\/api\/.*ListCall\.Do|github\.com\/aws\/aws-sdk-go(?:-v2)?\/.*\.(?:List|Describe|Scan)\w+)$/;

/** Whether a method is called, and its name fits. */
function isNamed({ tree }: View, call: Node, pattern: RegExp): boolean {
  const called = unparenthesized(tree, go.callExpression.function(tree, call));
  return tree.kind[called] === Kind.selector_expression && pattern.test(textOf(tree, calledName(tree, call)));
}

function takesContext({ tree, types }: View, call: Node): boolean {
  const [first] = children(tree, go.callExpression.arguments(tree, call));
  return first !== undefined && isContextType(types.typeOf(first));
}

/** Options for lists, or a selector of what to list, as Kubernetes has them. */
function takesOptions({ tree, types }: View, call: Node): boolean {
  const args = children(tree, go.callExpression.arguments(tree, call));
  return args.some((each) => {
    const type = types.typeOf(each);
    return type.kind === 'named' && /^k8s\.io\/apimachinery\//.test(type.path) && /^(?:ListOptions|Selector)$/.test(type.name);
  });
}

function holdsSlice(types: Types, type: Type): boolean {
  const under = types.underlying(type.kind === 'pointer' ? type.element : type);
  if (under.kind === 'slice') return true;
  return under.kind === 'struct' && under.fields.some((field) => types.underlying(field.type).kind === 'slice');
}

/** Whether the type is a protocol buffer's message, or points at one. */
export function isMessage(types: Types, type: Type): boolean {
  return type.kind === 'pointer' && types.methodsOf(type).methods.some(({ name }) => name === 'ProtoReflect' || name === 'ProtoMessage');
}

/** The operand of `x.F` and the receiver of `x.F()`; NONE for anything else. */
export function holderOf({ tree }: Pick<View, 'tree'>, value: Node): Node {
  const isCall = tree.kind[value] === Kind.call_expression && children(tree, go.callExpression.arguments(tree, value)).length === 0;
  const selector = isCall ? unparenthesized(tree, go.callExpression.function(tree, value)) : value;
  return tree.kind[selector] === Kind.selector_expression ? go.selectorExpression.operand(tree, selector) : NONE;
}
