/**
 * One number, bool or byte slice printed by fmt where strconv prints the same. Values of types that format themselves, verbs
 * with flags or a width, and constants stay: there fmt does more, or the compiler could do it all.
 */
import { go, type Node, textOf } from '../../syntax/index.ts';
import { type Conversion, conversionFor } from '../kit/conversions.ts';
import { disturbsComment } from '../kit/edits.ts';
import { isStatement, quoted } from '../kit/expressions.ts';
import { solePrint } from '../kit/formatting.ts';
import { isHot } from '../kit/hot-code.ts';
import { importEdits, importsLeftUnusedBy, packageNameAt } from '../kit/imports.ts';
import { isInAlignedKey } from '../kit/key-columns.ts';
import { differsByBuild, OTHER_BUILDS } from '../kit/other-builds.ts';
import { depthAt, respacing } from '../kit/spacing.ts';
import { forTestsInAllOption, isOfTests } from '../kit/tests.ts';
import { defineRule, type FileEdit, type RuleContext, type RuleFix } from '../rule.ts';

const options = { tests: forTestsInAllOption } as const;

type Context = RuleContext<typeof options>;

export const sprintfConversion = defineRule({
  id: 'sprintf-conversion',
  category: 'allocation',
  severity: 'hint',
  preset: 'recommended',
  since: '0.1.0',
  evidence: 'types',
  fix: 'safe',
  go: {},
  messages: {
    found:
      '{called} takes {value} as an interface and interprets a format to print one value: each call costs several times what {cure} does, and mostly one allocation more; the text is the same',
  },
  options,
  alsoIn: { perfsprint: 'integer-format, bool-format, hex-format' },
  docs: {
    summary: 'fmt.Sprintf or fmt.Sprint prints a single number, bool or byte slice with a plain verb.',
    why: 'fmt takes its arguments as interfaces, fetches a printer from a pool, interprets the format at run time and copies the result out of a buffer. strconv writes the digits straight into the string.',
    cost: 'Several times the time of the strconv function, and the allocation of the boxed value where that is larger than a byte; paid on each call.',
    bad: `package p

import "fmt"

func key(id int) string {
	return "user:" + fmt.Sprintf("%d", id)
}
`,
    good: `package p

import "strconv"

func key(id int) string {
	return "user:" + strconv.Itoa(id)
}
`,
    limits:
      "Silent on verbs with flags, width or precision, on more than one verb or text beside it, on types that format themselves, on type parameters and on constants. Strings are redundant-sprint's. The fix is safe: for every value of the type both print the same bytes; a suggestion where files of other builds may give the value another type or a method that prints it.",
    skipWhen: 'The text is built once, and the package must not import strconv.',
    links: ['https://pkg.go.dev/strconv', 'https://github.com/catenacyber/perfsprint'],
  },
  calls: { Sprintf: check, Sprint: check },
});

function check(call: Node, context: Context): void {
  const { tree } = context;
  if (isStatement(tree, call)) return;
  const printed = solePrint(context, call);
  const conversion = printed && conversionFor(context, printed);
  if (printed === undefined || conversion === undefined || (!context.options.tests && isOfTests(context, call))) return;
  const called = go.callExpression.function(tree, call);
  context.report({
    at: { start: tree.start[call], end: tree.end[called] },
    message: 'found',
    data: { called: textOf(tree, called), value: quoted(tree, printed.value), cure: cureOf(conversion) },
    fixes: fixesFor(context, call, printed.value, conversion),
    ...(isHot(context, call) ? { severity: 'information' } : {}),
  });
}

function cureOf({ path, name }: Conversion): string {
  return path === undefined ? `${name}(…)` : `${path.slice(path.lastIndexOf('/') + 1)}.${name}`;
}

function fixesFor(context: RuleContext, call: Node, value: Node, conversion: Conversion): RuleFix[] {
  const { tree, file, scopes } = context;
  if (disturbsComment(tree, call, [value]) || isRetyped(context, value, conversion) || isInAlignedKey(tree, call)) return [];
  const named = conversion.path === undefined ? { name: '', add: [] } : packageNameAt(file, scopes, conversion.path, call);
  const isTypeHidden = [conversion.as, conversion.path === undefined ? 'string' : undefined].some(
    (name) => name !== undefined && scopes.lookup(name, call)?.file !== undefined,
  );
  // Inside the standard library a new import could close a cycle; fmt itself imports strconv.
  const closesCycle = context.package.module?.path === 'std' && conversion.path === 'encoding/hex';
  if (named === undefined || isTypeHidden || closesCycle) return [];
  const edits = around(context, call, value, named.name, conversion);
  const imports = importEdits(file, {
    add: named.add,
    remove: importsLeftUnusedBy(file, scopes, edits),
  });
  if (imports === undefined) return [];
  const title = `Print it with ${cureOf(conversion)}`;
  const fix = { title, safety: 'safe', edits: [...imports, ...edits] } as const;
  return [differsByBuild(context, value) ? { ...fix, title: `${title}; ${OTHER_BUILDS}`, safety: 'suggestion' } : fix];
}

/** Whether a conversion decides in which type the value is computed: a constant that is shifted takes the type asked of it (`'a' << n`). */
function isRetyped({ types }: RuleContext, value: Node, { as }: Conversion): boolean {
  const type = types.typeOf(value);
  return as !== undefined && type.kind === 'basic' && type.untyped === true;
}

/** The text before and behind the value, which stays as it is. */
function around({ tree }: RuleContext, call: Node, value: Node, name: string, conversion: Conversion): FileEdit[] {
  const opened = conversion.path === undefined ? 'string(' : `${name}.${conversion.name}(`;
  const converted = conversion.as === undefined ? '' : `${conversion.as}(`;
  const more = conversion.more === undefined ? '' : `, ${conversion.more}`;
  return [
    { range: { start: tree.start[call], end: tree.start[value] }, newText: `${opened}${converted}` },
    ...respacing(tree, value, depthAt(tree, call) + (more === '' ? 0 : 1)),
    { range: { start: tree.end[value], end: tree.end[call] }, newText: `${converted === '' ? '' : ')'}${more})` },
  ];
}
