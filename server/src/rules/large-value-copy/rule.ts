/**
 * Values so large that copying them is felt: elements and arrays that a range loop copies, arguments and results. Reported where the copy is
 * only read in parts, so that a pointer would do, and where everything that would have to change is in view.
 */

import { isTestCode, testCodeOption } from '../kit/tests.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { parameterCopies } from './parameters.ts';
import { rangeCopy } from './ranges.ts';
import { resultCopy } from './results.ts';

const options = {
  bytes: { type: 'integer', default: 256, minimum: 16, maximum: 1_048_576, doc: 'Report copies of more than this number of bytes.' },
  tests: testCodeOption,
} as const;

export type Context = RuleContext<typeof options>;

export const largeValueCopy = defineRule({
  id: 'large-value-copy',
  category: 'allocation',
  severity: 'hint',
  preset: 'all',
  since: '0.1.0',
  evidence: 'types',
  restsOn: 'callers',
  fix: 'safe',
  go: {},
  messages: {
    array:
      'before its first iteration this loop copies all of {array}, {size} bytes of {type}, because it asks for {value}; over &{array} nothing is copied',
    element:
      'every iteration copies a whole {type}, {size} bytes, into {name}, and reads parts of it; take a pointer to the element instead',
    parameter: 'every call of {function} copies a whole {type}, {size} bytes, for {name}, and {function} reads parts of it; pass a pointer',
    result: 'every call of {function} copies a whole {type}, {size} bytes, out of {place}, and callers read parts of it; return a pointer',
  },
  options,
  alsoIn: { gocritic: 'hugeParam, rangeValCopy' },
  docs: {
    summary: 'A large value is copied by a range loop or a call, although it is only read.',
    why: 'A range loop over an array evaluates it as a copy when it has a variable for the elements, and that variable receives a copy of each element. An argument, a value receiver and a result are copies too. The compiler makes these copies whole, even if one field is read.',
    cost: 'The named number of bytes, read and written: once per loop for an array, on each iteration for an element, on each call for a parameter, and as much room on the stack.',
    bad: `package p

func sum() (total int) {
	var table [64]int
	table[0] = 1
	for _, n := range table {
		total += n
	}
	return total
}
`,
    good: `package p

func sum() (total int) {
	var table [64]int
	table[0] = 1
	for _, n := range &table {
		total += n
	}
	return total
}
`,
    limits:
      'Sizes are those of the architecture that is reviewed for. Silent where the loop changes what it ranges over, where an element or parameter is written, handed on as a whole, captured or asked for its address, on loops known to take at most eight iterations, in `init` and generated files, and on maps and channels, whose elements have no address. Parameters and receivers are reported of unexported functions alone of which every use is a call in view, that no interface of the package names, that are not called by `go` or `defer`, that are surely too large to be inlined, and that a loop or the function itself calls again, at most two functions up. Results are reported of such functions where they hand out what is stored behind a pointer, in a slice or in a package variable, without taking a lock, and most callers read parts of it. The fix is safe for a local array whose address nobody takes; for other arrays, for elements and for results, it is a suggestion, because a pointer sees what changes meanwhile. Information where the loop itself is repeated, or a call stands in a loop.',
    skipWhen: 'The loop or call is seldom run, or the copy is meant as a snapshot.',
    links: ['https://go.dev/ref/spec#For_range', 'https://go.dev/wiki/CodeReviewComments#pass-values'],
  },
  visit: {
    for_statement(node, context) {
      if (!isLeftAlone(context)) reportAll(context, [rangeCopy(context, node)]);
    },
    function_declaration(node, context) {
      if (!isLeftAlone(context)) reportAll(context, [...parameterCopies(context, node), resultCopy(context, node)]);
    },
    method_declaration(node, context) {
      if (!isLeftAlone(context)) reportAll(context, [...parameterCopies(context, node), resultCopy(context, node)]);
    },
  },
});

function isLeftAlone({ file, options }: Context): boolean {
  return file.isGenerated || (!options.tests && isTestCode(file));
}

function reportAll(context: Context, reports: readonly (ReturnType<typeof rangeCopy> | undefined)[]): void {
  for (const report of reports) if (report !== undefined) context.report(report);
}
