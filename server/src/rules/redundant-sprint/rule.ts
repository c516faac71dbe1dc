/**
 * fmt asked for a string that is there already: a string printed as it is, or a format without verbs. Types that format
 * themselves stay, because their method decides what is printed.
 */
import { go, type Node, textOf } from '../../syntax/index.ts';
import { disturbsComment, removal } from '../kit/edits.ts';
import { isStatement, quoted, takesConstant, textInPlaceOf } from '../kit/expressions.ts';
import { isPlainString, solePrint, textWithoutFormat, verblessFormat } from '../kit/formatting.ts';
import { isHot, isMeasured } from '../kit/hot-code.ts';
import { importEdits, importsLeftUnusedBy } from '../kit/imports.ts';
import { isInAlignedKey } from '../kit/key-columns.ts';
import { calledFunction } from '../kit/known-calls.ts';
import { differsByBuild, OTHER_BUILDS } from '../kit/other-builds.ts';
import { depthAt, isIndentedTwice, spacedText } from '../kit/spacing.ts';
import { forTestsInAllOption, isOfTests } from '../kit/tests.ts';
import { defineRule, type RuleContext, type RuleFix } from '../rule.ts';

const options = { tests: forTestsInAllOption } as const;

type Context = RuleContext<typeof options>;

export const redundantSprint = defineRule({
  id: 'redundant-sprint',
  category: 'allocation',
  severity: 'hint',
  preset: 'recommended',
  since: '0.1.0',
  evidence: 'types',
  fix: 'safe',
  go: {},
  messages: {
    string:
      '{called} copies {value}, which is a string already: each call boxes it, interprets a format and allocates the copy; use the string itself',
    constant:
      '{called} is given no value to print: each call interprets the format and allocates a copy of a constant; use the string itself',
  },
  options,
  alsoIn: { staticcheck: 'S1025, S1039', perfsprint: 'string-format' },
  docs: {
    summary: 'fmt.Sprint or fmt.Sprintf only returns a string that is there already: its argument, or a format without verbs.',
    why: 'fmt boxes its argument, fetches a printer, walks the format and copies the result into a new string.',
    cost: 'One or two allocations and about 50 to 100 ns on each call, for nothing.',
    bad: `package p

import "fmt"

func greeting(name string) (string, string) {
	return fmt.Sprintf("hello"), fmt.Sprintf("%s", name)
}
`,
    good: `package p

func greeting(name string) (string, string) {
	return "hello", name
}
`,
    limits:
      'Silent in the loop of a benchmark, which measures fmt itself, on types that format themselves, on type parameters, and on a format that is not a constant, in which a % may stand. The fix is a suggestion where a constant instead of a value may be folded or checked differently: in comparisons, indexes, cases, keys of literals and len, and where files of other builds may give the value another type or a method that prints it.',
    skipWhen: 'The call is there to keep a large string from being shared; strings.Clone says so.',
    links: ['https://staticcheck.dev/docs/checks#S1025', 'https://staticcheck.dev/docs/checks#S1039'],
  },
  calls: { Sprintf: check, Sprint: check },
});

const FOLDED = 'the compiler checks and folds a constant where it takes a value as it is';

/** What stands for the whole call. */
interface Replaced {
  readonly message: 'string' | 'constant';
  readonly value: Node;
  /** Undefined where it cannot be written there. */
  readonly text: string | undefined;
  readonly doubt: string | undefined;
}

function check(call: Node, context: Context): void {
  const { tree } = context;
  if (isStatement(tree, call)) return;
  const found = stringPrinted(context, call) ?? formatAlone(context, call);
  if (found === undefined || isMeasured(context, call) || (!context.options.tests && isOfTests(context, call))) return;
  const called = go.callExpression.function(tree, call);
  context.report({
    at: { start: tree.start[call], end: tree.end[called] },
    message: found.message,
    data: { called: textOf(tree, called), value: quoted(tree, found.value) },
    fixes: fixesFor(context, call, found),
    ...(isHot(context, call) ? { severity: 'information' } : {}),
  });
}

/** `Sprintf("%s", s)`, `Sprintf("%v", s)` and `Sprint(s)`. */
function stringPrinted(context: RuleContext, call: Node): Replaced | undefined {
  const { tree, types, scopes } = context;
  const printed = solePrint(context, call);
  if (printed === undefined || (printed.verb !== '%s' && printed.verb !== '%v') || !isPlainString(types, printed.value)) return undefined;
  const { value } = printed;
  const isConstant = types.constantOf(value) !== undefined;
  const doubt = differsByBuild(context, value) ? OTHER_BUILDS : isConstant && !takesConstant(context, call) ? FOLDED : undefined;
  if (types.typeOf(value).kind === 'basic') return { message: 'string', value, text: textInPlaceOf(tree, value, call), doubt };
  const isTypeVisible = scopes.lookup('string', call)?.file === undefined;
  return {
    message: 'string',
    value,
    text: isTypeVisible ? `string(${spacedText(tree, value, depthAt(tree, call))})` : undefined,
    doubt,
  };
}

/** `Sprintf("text")`. */
function formatAlone(context: RuleContext, call: Node): Replaced | undefined {
  const { tree, types } = context;
  const format = verblessFormat(context, call);
  if (format === undefined || types.typeOf(format).kind !== 'basic' || calledFunction(context, call) !== 'fmt.Sprintf') return undefined;
  const text = textWithoutFormat(context, format, textInPlaceOf(tree, format, call));
  return { message: 'constant', value: format, text, doubt: takesConstant(context, call) ? undefined : FOLDED };
}

function fixesFor({ tree, file, scopes }: RuleContext, call: Node, found: Replaced): RuleFix[] {
  const { value, text, doubt } = found;
  if (text === undefined || disturbsComment(tree, call, [value]) || isIndentedTwice(tree, call, value)) return [];
  if (isInAlignedKey(tree, call)) return [];
  const gone = [removal(tree.start[call], tree.start[value]), removal(tree.end[value], tree.end[call])];
  const imports = importEdits(file, { remove: importsLeftUnusedBy(file, scopes, gone) });
  if (imports === undefined) return [];
  const edits = [...imports, { range: { start: tree.start[call], end: tree.end[call] }, newText: text }];
  const title = 'Use the string itself';
  return [doubt === undefined ? { title, safety: 'safe', edits } : { title: `${title}; ${doubt}`, safety: 'suggestion', edits }];
}
