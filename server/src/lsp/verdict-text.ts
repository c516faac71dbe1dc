/** Verdicts of the escape analysis in the words of hovers and tooltips: where it lives, what it costs, why, and the way there. */
import { baseName } from '../base/index.ts';
import type { Explanation } from '../review/index.ts';
import type { Conversion } from './convert.ts';
import { codeSpan, forMarkdown } from './markdown.ts';
import { uriOfPath } from './uri.ts';

/** Markdown of a few lines; places in the way are links that VS Code opens at the line. */
export function verdictText(explanation: Explanation, conversion: Conversion): string {
  const isCharged = explanation.gcSays === 'heap' && explanation.cost.allocates !== 'never';
  const steps = isCharged ? explanation.steps : [];
  const [only] = steps;
  // One step is what the headline says.
  const place = steps.length === 1 && only !== undefined ? link(only.at, conversion) : '';
  const lines = [`${headline(explanation)}${place}.`, ...remarks(explanation)].join('  \n');
  if (steps.length < 2) return lines;
  return [lines, '', ...steps.map((step, i) => `${i + 1}. ${forMarkdown(step.note)}${link(step.at, conversion)}`)].join('\n');
}

function headline(explanation: Explanation): string {
  const { kind, gcSays, cost, certainty } = explanation;
  const subject = subjectOf(explanation);
  if (kind === 'append' && cost.allocates === 'sometimes')
    return `**Sometimes heap**: this append allocates ${APPENDS.get(cost.unless) ?? 'at times'}`;
  if (gcSays === 'stack')
    return cost.allocates === 'never'
      ? `**Stack**: ${subject} stays on the stack`
      : `**Mostly stack**: ${subject} ${STAYS[cost.allocates]}`;
  if (cost.allocates === 'never') return `**No allocation**: ${subject} costs nothing, ${cost.unless ?? 'because nothing is made'}`;
  const why = because(explanation);
  const size = cost.bytes === undefined ? '' : `, ${byteText(cost.bytes)}`;
  if (certainty === 'possible') return `**Perhaps heap**${size}: ${subject} may have to outlive its function${why}`;
  if (cost.allocates === 'sometimes') return `**Sometimes heap**${size}: ${subject} may be allocated on the heap${why}`;
  return `**Heap**${size}: ${subject} is allocated on the heap${why}`;
}

const STAYS = { always: 'is too large for the stack', sometimes: 'may outgrow the stack', never: '' } as const;
/** By when it does not allocate. */
const APPENDS: ReadonlyMap<string | undefined, string> = new Map([
  ['while the capacity lasts', 'a longer array when the capacity is used up'],
  ['when nothing is appended', 'when there is something to append'],
]);

function because({ kind, origin, reason }: Explanation): string {
  if (kind === 'channel') return ', as all channels are';
  if (origin === 'inlined' || reason === undefined) return '';
  const subject = kind === 'moved' ? ', because its address is ' : ', because it is ';
  return `${subject}${forMarkdown(reason)}`;
}

function remarks({ kind, gcSays, cost, certainty, leaks }: Explanation): string[] {
  const lines: string[] = [];
  if (cost.allocates !== 'never' && cost.unless !== undefined && kind !== 'append') lines.push(`Nothing is allocated ${cost.unless}.`);
  if (gcSays === 'heap' && certainty === 'possible')
    lines.push('Code that is not in view decides: something on its way cannot be followed.');
  if (gcSays === 'heap' && cost.allocates === 'never') lines.push('`go build -gcflags=-m` says all the same that it escapes.');
  return [...lines, ...leaks.map((leak) => LEAKS[leak])];
}

const LEAKS = {
  none: 'The function keeps nothing of what callers pass here.',
  content: 'The function keeps what it points at, not the value itself.',
  heap: 'The function keeps it, so what callers pass here must outlive the call.',
  result: 'It comes back to the caller in a result.',
} as const;

function subjectOf({ kind, name, origin }: Explanation): string {
  if (origin === 'inlined') return `what ${name === undefined ? 'the function called' : codeSpan(name)} makes, which is inlined here,`;
  if (name === undefined) return SUBJECTS[kind];
  return kind === 'make' ? `this ${codeSpan(name)}` : codeSpan(name);
}

const SUBJECTS: Readonly<Record<Explanation['kind'], string>> = {
  moved: 'the variable',
  composite: 'this literal',
  new: 'this new value',
  make: 'the slice or map made here',
  append: 'the array behind this append',
  closure: 'this function literal',
  'method-value': 'this method value',
  variadic: 'the slice of arguments of this call',
  concat: 'this string',
  conversion: 'this copy',
  interface: 'the copy of this value in an interface',
  channel: 'this channel',
};

const KILO = 1024;

/** `24 bytes`, `64 KiB`. */
export function byteText(bytes: number): string {
  if (bytes === 1) return '1 byte';
  return bytes < 10 * KILO ? `${bytes} bytes` : `${Math.round(bytes / KILO)} KiB`;
}

function link(at: Explanation['steps'][number]['at'], { textOf }: Conversion): string {
  const text = textOf(at.path);
  if (text === undefined) return '';
  const { line, column } = text.lines.positionUtf16(at.range.start);
  return ` ([${forMarkdown(baseName(at.path))}:${line + 1}](${uriOfPath(at.path)}#L${line + 1},${column + 1}))`;
}
