/**
 * Structs that say how a program is to work: a person writes their values, so that there are few however they are kept, and fields stand in
 * the order in which they are explained.
 */
import { descendants, go, Kind, NONE, type Node, type Tree, textOf } from '../../syntax/index.ts';
import type { TypeMention } from './values.ts';

const NAMED = /(?:[Cc]onfig(?:uration)?|[Oo]ption|[Oo]pt|[Ss]etting|[Cc]onf|[Cc]fg)s?$/;
/** Tags of readers of configuration files and of what a command is started with. */
const READ_AT_START = /^(?:toml|hcl|ini|env|envconfig|flag|cli|config|conf|koanf|mapstructure|arg|long|kong)$/;
/** YAML is written by people too, unless the values also travel. */
const TRAVELLING = /^(?:json|xml|bson|db|gorm|codec|msg|msgpack|protobuf|avro|parquet)$/;

/** Whether the struct_type, whose type has that name, is called or tagged as configuration is, or is part of what is tagged so. */
export function isConfiguration(tree: Tree, name: string, struct: Node, mentions: readonly TypeMention[]): boolean {
  if (NAMED.test(name) || isReadAtStart(descendants(tree, struct, Kind.field_declaration).flatMap((field) => tagKeys(tree, field))))
    return true;
  return mentions.some(({ file, node }) => isReadAtStart(tagKeys(file.tree, fieldAround(file.tree, node))));
}

function isReadAtStart(keys: readonly string[]): boolean {
  if (keys.some((key) => TRAVELLING.test(key))) return false;
  return keys.some((key) => key === 'yaml' || READ_AT_START.test(key));
}

/** The field_declaration whose type the node is part of, or NONE. */
function fieldAround(tree: Tree, node: Node): Node {
  const TYPES: readonly number[] = [Kind.slice_type, Kind.array_type, Kind.map_type, Kind.pointer_type];
  let type = node;
  while (TYPES.includes(tree.kind[tree.parent[type]])) type = tree.parent[type];
  const field = tree.parent[type];
  return tree.kind[field] === Kind.field_declaration && go.fieldDeclaration.type(tree, field) === type ? field : NONE;
}

/** Keys of a field_declaration's tag: `json` and `yaml` of `json:"a" yaml:"b"`. */
export function tagKeys(tree: Tree, field: Node): string[] {
  const tag = field === NONE ? '' : textOf(tree, go.fieldDeclaration.tag(tree, field));
  return [...tag.matchAll(/([\w.-]+):\\?"/g)].map(([, key]) => key);
}
