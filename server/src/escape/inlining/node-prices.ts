/** Which rows of a function the compiler's inliner counts, and as how many nodes, where the kind alone tells. */
import { Kind } from '../../syntax/index.ts';

/** What a literal adds to the budget besides its node. */
export const CLOSURE = 15;

/** Clauses of a type switch. */
export const CLAUSES: ReadonlySet<number> = new Set([Kind.type_case, Kind.default_case]);

/** Rows that become no nodes, with all in them. */
export const UNCOUNTED: ReadonlySet<number> = new Set([
  Kind.comment,
  Kind.field_identifier,
  Kind.label_name,
  Kind.type_identifier,
  Kind.package_identifier,
  Kind.qualified_type,
  Kind.generic_type,
  Kind.array_type,
  Kind.implicit_length_array_type,
  Kind.slice_type,
  Kind.map_type,
  Kind.channel_type,
  Kind.function_type,
  Kind.struct_type,
  Kind.interface_type,
  Kind.type_arguments,
  Kind.const_declaration,
  Kind.type_declaration,
]);

/** Rows that are one node. */
export const LEAVES: ReadonlySet<number> = new Set([
  Kind.blank_identifier,
  Kind.nil,
  Kind.true,
  Kind.false,
  Kind.iota,
  Kind.int_literal,
  Kind.float_literal,
  Kind.imaginary_literal,
  Kind.rune_literal,
  Kind.interpreted_string_literal,
  Kind.raw_string_literal,
  Kind.break_statement,
  Kind.continue_statement,
  Kind.goto_statement,
]);

/** Expressions that are a literal once they are constant. */
export const FOLDED: ReadonlySet<number> = new Set([
  Kind.unary_expression,
  Kind.binary_expression,
  Kind.parenthesized_expression,
  Kind.call_expression,
  Kind.type_conversion_expression,
  Kind.selector_expression,
]);

/** Statements and declarations of which more is asked. */
export const STATEMENTS: ReadonlySet<number> = new Set([
  Kind.go_statement,
  Kind.defer_statement,
  Kind.if_statement,
  Kind.short_var_declaration,
  Kind.range_clause,
  Kind.receive_statement,
  Kind.var_spec,
  Kind.assignment_statement,
  Kind.return_statement,
  Kind.type_switch_statement,
]);

/** Nodes that a row of the kind stands for, whatever is in it; a literal with what it adds. */
export const PRICES: ReadonlyMap<number, number> = new Map([
  [Kind.identifier, 1],
  [Kind.unary_expression, 1],
  [Kind.binary_expression, 1],
  [Kind.selector_expression, 1],
  [Kind.index_expression, 1],
  [Kind.slice_expression, 1],
  [Kind.type_assertion_expression, 1],
  [Kind.func_literal, CLOSURE + 1],
  [Kind.short_var_declaration, 1],
  [Kind.assignment_statement, 1],
  [Kind.receive_statement, 1],
  [Kind.inc_statement, 2],
  [Kind.dec_statement, 2],
  [Kind.return_statement, 1],
  [Kind.send_statement, 1],
  [Kind.if_statement, 1],
  [Kind.for_statement, 1],
  [Kind.labeled_statement, 1],
  [Kind.expression_switch_statement, 1],
  [Kind.type_switch_statement, 2],
  [Kind.select_statement, 1],
  [Kind.expression_case, 1],
  [Kind.default_case, 1],
  [Kind.type_case, 1],
  [Kind.communication_case, 1],
]);
