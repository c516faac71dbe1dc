/**
 * Signs that the order of a struct's fields is meant: memory that others lay out or read, values kept apart on purpose, encoders that
 * write fields one after the other, and comments that speak of it. Where one is found nothing is said.
 */
import type { SourceFile, Type } from '../../model/index.ts';
import { children, descendants, go, Kind, NONE, type Node, type Tree, textBetween, textOf } from '../../syntax/index.ts';
import { lineStartAt } from '../kit/edits.ts';
import { perTree, perTreeAndName } from '../kit/per-tree.ts';
import type { Options, RuleContext } from '../rule.ts';
import { tagKeys } from './configuration.ts';
import { fieldType } from './fields.ts';
import type { TypeMention } from './values.ts';

/** Encoders that go by the order of fields. */
const ORDERED = /(?:^|\/)(?:asn1|rlp|xdr[\w-]*|ssz|borsh[\w-]*|bcs|struc|restruct|cbor|scale)(?:\/v\d+)?$/;
/** Tags of encoders that do not. */
const NAMED_TAGS =
  /^(?:json|yaml|toml|mapstructure|protobuf|bson|form|query|uri|header|db|gorm|validate|binding|env|hcl|codec|schema|description|structs|datapolicy|copier|yaml3|ini|url|default|graphql|msg|avro|flag|usage|help|msgpack|jsonschema|example|doc|enums?|swaggertype|cli|config|sql|redis|param|path|desc|hash|survey|deep|ch|pg)$/;
const SPOKEN =
  /\balign(?:ed|ment|s)?\b|(?<!struct-)\bpad(?:s|ded|ding)?\b|cache.?line|false.?sharing|memory layout|field order|order of (?:the |these )?fields|\breorder|on.?disk|on the wire|must (?:be|stay|come|remain) (?:the )?(?:first|last)|keep .{0,40}\b(?:first|last|together|top)\b|sizeof|\bABI\b|(?:known to|(?:comput|emitt|generat|writt|fill|creat|initializ)(?:en |ed )(?:out |in )?by|shared with) (?:the )?(?:compiler|linker|runtime|debugger|kernel|assembler)|\bRODATA\b/i;

/** Whether something in the struct, its comments or the files that name it shows that the order is meant. */
export function isOrderMeant<O extends Options>(
  context: RuleContext<O>,
  spec: Node,
  struct: Node,
  mentions: readonly TypeMention[],
): boolean {
  const { tree, file } = context;
  const files = new Set([file, ...mentions.map((mention) => mention.file)]);
  if (SPOKEN.test(commentsAbout(tree, spec, struct)) || hasPad(context, struct) || hasOrderedTag(tree, struct)) return true;
  if ([...files].some((each) => isMemoryRead(context, spec, struct, each))) return true;
  const name = textOf(tree, go.typeSpec.name(tree, spec));
  if ([...files].some((each) => tupled(each.tree).has(name))) return true;
  return isEncodedInOrder(context, struct) || hasAtomicCounter(context, struct, files);
}

/** Whether the file shares memory with C, or looks at values of the type or the place of a field through unsafe. */
function isMemoryRead<O extends Options>(context: RuleContext<O>, spec: Node, struct: Node, file: SourceFile): boolean {
  if (file.imports.some(({ path }) => path === 'C')) return true;
  const imported = file.imports.find(({ path }) => path === 'unsafe');
  if (imported === undefined) return false;
  const name = go.typeSpec.name(context.tree, spec);
  const types = context.types.typesIn(file);
  if (types === undefined || pointedAt(file.tree).has(textOf(context.tree, name))) return true;
  const symbol = context.scopes.symbolOf(name);
  const fields = new Set(fieldsOf(context.tree, struct).flatMap((field) => namesOf(context.tree, field)));
  return argumentsOf(file.tree, `${imported.name}.`).some((argument) => {
    const type = types.typeOf(argument);
    const value = type.kind === 'pointer' ? type.element : type;
    if (value.kind === 'named' && value.symbol === symbol) return true;
    const isField = file.tree.kind[argument] === Kind.selector_expression;
    return isField && fields.has(textOf(file.tree, go.selectorExpression.field(file.tree, argument)));
  });
}

/** Arguments of calls whose function is written with that beginning. */
const argumentsOf = perTreeAndName((tree, beginning): readonly Node[] =>
  descendants(tree, 0, Kind.call_expression)
    .filter((call) => textOf(tree, go.callExpression.function(tree, call)).startsWith(beginning))
    .flatMap((call) => children(tree, go.callExpression.arguments(tree, call))),
);

function namesOf(tree: Tree, field: Node): string[] {
  return go.fieldDeclaration.name(tree, field).map((name) => textOf(tree, name));
}

/** `(`. */
const OPENING = 40;

/** `(*T)(p)`, where p may be an unsafe.Pointer: the names that stand for T. */
const pointedAt = perTree((tree): ReadonlySet<string> => {
  const nodes = [Kind.call_expression, Kind.type_conversion_expression].flatMap((kind) => descendants(tree, 0, kind));
  const bracketed = nodes.filter((node) => tree.source[tree.start[node]] === OPENING);
  return new Set(bracketed.flatMap((node) => /^\(\*([\p{L}\p{N}_]+)\)\(/u.exec(textOf(tree, node))?.[1] ?? []));
});

/** Words of directives such as `//msgp:tuple T`, by which code is generated that writes fields of T without their names. */
const tupled = perTree((tree): ReadonlySet<string> => {
  const directives = descendants(tree, 0, Kind.comment).filter((comment) => /^\/\/\s?\w+:tuple\s/.test(beginning(tree, comment)));
  return new Set(directives.flatMap((comment) => textOf(tree, comment).split(/[\s,]+/)));
});

/** Bytes in which a directive says what it is. */
const DIRECTIVE = 40;

function beginning(tree: Tree, node: Node): string {
  return textBetween(tree, tree.start[node], Math.min(tree.end[node], tree.start[node] + DIRECTIVE));
}

/** Comments in the struct and those right above its declaration. */
function commentsAbout(tree: Tree, spec: Node, struct: Node): string {
  const declaration = tree.kind[tree.parent[spec]] === Kind.type_declaration ? tree.parent[spec] : spec;
  const inside = descendants(tree, struct, Kind.comment).map((comment) => textOf(tree, comment));
  return [...linesAbove(tree, tree.start[spec]), ...linesAbove(tree, tree.start[declaration]), ...inside].join('\n');
}

function linesAbove(tree: Tree, offset: number): string[] {
  const lines: string[] = [];
  for (let end = lineStartAt(tree, offset) - 1; end > 0; end = lineStartAt(tree, end) - 1) {
    const line = textBetween(tree, lineStartAt(tree, end), end).trim();
    if (!/^(?:\/\/|\/\*|\*)/.test(line)) break;
    // A directive such as go:notinheap is a sign by itself.
    lines.push(line.startsWith('//go:') ? `${line} layout` : line);
  }
  return lines;
}

/** Blank fields that take memory, marks such as structs.HostLayout, and fields that are called a pad. */
function hasPad<O extends Options>({ tree, types }: RuleContext<O>, struct: Node): boolean {
  return fieldsOf(tree, struct).some((field) => {
    const type = fieldType(tree, types, field);
    const names = namesOf(tree, field);
    if (type.kind === 'named' && /pad|HostLayout|NotInHeap|notInHeap/i.test(type.name)) return true;
    return names.some((name) => /^_*pad(?:ding)?\d*_*$/i.test(name) || (name === '_' && types.sizeOf(type) !== 0));
  });
}

function fieldsOf(tree: Tree, struct: Node): Node[] {
  const [list = NONE] = children(tree, struct);
  return list === NONE ? [] : children(tree, list).filter((node) => tree.kind[node] === Kind.field_declaration);
}

function hasOrderedTag(tree: Tree, struct: Node): boolean {
  const fields = fieldsOf(tree, struct);
  const isXml = fields.some((field) => tagKeys(tree, field).includes('xml'));
  if (isXml && fields.filter((field) => isXmlContent(tree, field)).length > 1) return true;
  return fields.some((field) => {
    const tag = textOf(tree, go.fieldDeclaration.tag(tree, field));
    return tagKeys(tree, field).some((key) => key !== 'xml' && !NAMED_TAGS.test(key)) || /toarray|as_array|asArray/.test(tag);
  });
}

/** Whether encoding/xml writes the field as an element or as text, whose order a document's schema prescribes, and not as an attribute. */
function isXmlContent(tree: Tree, field: Node): boolean {
  const [, value = ''] = /\bxml:\\?"([^"\\]*)/.exec(textOf(tree, go.fieldDeclaration.tag(tree, field))) ?? [];
  const isWritten = namesOf(tree, field).every((name) => /^\p{Lu}/u.test(name) && name !== 'XMLName');
  return isWritten && value !== '-' && !/,attr\b/.test(value);
}

/**
 * Whether a file of the package imports an encoder that goes by order, and it could take the struct: encoding/binary takes numbers and arrays
 * alone, others walk exported fields.
 */
function isEncodedInOrder<O extends Options>(context: RuleContext<O>, struct: Node): boolean {
  const { tree, types } = context;
  const fields = fieldsOf(tree, struct);
  const imports = context.package.files.flatMap((each) => each.imports.map(({ path }) => path));
  const isFixed = fields.every((field) => types.layoutOf(fieldType(tree, types, field))?.pointerBytes === 0);
  if (isFixed && imports.includes('encoding/binary')) return true;
  const areExported = fields.every((field) => namesOf(tree, field).every((name) => /^\p{Lu}/u.test(name)));
  return areExported && imports.some((path) => ORDERED.test(path));
}

/** A plain 64-bit field whose address is taken for sync/atomic: on 32-bit machines the order keeps it aligned. */
function hasAtomicCounter<O extends Options>({ tree, types }: RuleContext<O>, struct: Node, files: ReadonlySet<SourceFile>): boolean {
  const names = fieldsOf(tree, struct)
    .filter((field) => isWide(types.underlying(fieldType(tree, types, field))))
    .flatMap((field) => namesOf(tree, field));
  return names.length > 0 && [...files].some((file) => isAddressed(file, names));
}

function isWide(type: Type): boolean {
  return type.kind === 'basic' && /^u?int64$/.test(type.name);
}

function isAddressed({ tree, imports }: SourceFile, names: readonly string[]): boolean {
  if (!imports.some(({ path }) => path === 'sync/atomic')) return false;
  const addressed = addressedFields(tree);
  return names.some((name) => addressed.has(name));
}

const addressedFields = perTree(
  (tree): ReadonlySet<string> =>
    new Set(
      descendants(tree, 0, Kind.unary_expression).flatMap((node) => {
        const operand = go.unaryExpression.operand(tree, node);
        const isField = tree.kind[operand] === Kind.selector_expression && tree.kind[go.unaryExpression.operator(tree, node)] === Kind['&'];
        return isField ? textOf(tree, go.selectorExpression.field(tree, operand)) : [];
      }),
    ),
);
