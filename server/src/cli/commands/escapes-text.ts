/**
 * `escapes --format text`: what allocates when it runs, function by function, each with its cost, its reason and the way there, in
 * the lines of `review`: `file:line:column: verdict: what`. Verdicts of the compiler that cost nothing are left out.
 */
import picocolors from 'picocolors';
import { relativePath } from '../../base/index.ts';
import { forLog, forTerminal } from '../../report/index.ts';
import type { EscapeRecord, ParameterRecord, PlacedStep, ToldSite } from '../../review/index.ts';
import { plural } from '../outputs.ts';

type Verdict = 'heap' | 'perhaps heap' | 'sometimes heap';

/** Collects counts over all files for the last line. */
export class EscapesText {
  private readonly colours: ReturnType<typeof picocolors.createColors>;
  private readonly counts: Record<Verdict, number> = { heap: 0, 'perhaps heap': 0, 'sometimes heap': 0 };

  constructor(
    private readonly here: string,
    colour: boolean,
  ) {
    this.colours = picocolors.createColors(colour);
  }

  /** Lines for one file, with an empty one behind each function; none where nothing is allocated or kept. */
  ofFile(path: string, records: readonly EscapeRecord[]): string[] {
    const file = relativePath(this.here, path);
    const lines: string[] = [];
    let before: string | undefined;
    for (const record of records) {
      const added = record.kind === 'parameter' ? this.parameter(file, record) : this.site(file, record);
      if (added.length === 0) continue;
      if (before !== undefined && before !== record.function) lines.push('');
      before = record.function;
      lines.push(...added);
    }
    return lines.length === 0 ? [] : [...lines.map((line) => forLog(line)), ''];
  }

  summary(): string {
    const { heap, 'sometimes heap': sometimes, 'perhaps heap': perhaps } = this.counts;
    const counts = [plural(heap, 'allocation'), `${sometimes} sometimes`, `${perhaps} perhaps`].filter((each) => !each.startsWith('0 '));
    return counts.length === 0 ? 'nothing is allocated' : counts.join(', ');
  }

  private site(file: string, record: ToldSite): string[] {
    const { colours } = this;
    if (record.cost.allocates === 'never') return [];
    const verdict = verdictOf(record);
    this.counts[verdict]++;
    const mark = verdict === 'heap' ? colours.yellow : colours.cyan;
    const where = record.function === '' ? '' : ` ${colours.dim(`(${forTerminal(record.function)})`)}`;
    const head = `${this.at(file, record)} ${mark(`${verdict}:`)} ${forTerminal(sentenceOf(record))}${where}`;
    // A way of one step is what the sentence says.
    return [head, ...(record.flow.length < 2 ? [] : record.flow.map((step) => this.step(step)))];
  }

  private step({ path, line, column, note }: PlacedStep): string {
    const { colours } = this;
    return `    ${colours.cyan('→')} ${forTerminal(note)} ${colours.dim(`at ${forTerminal(relativePath(this.here, path))}:${line}:${column}`)}`;
  }

  private parameter(file: string, record: ParameterRecord): string[] {
    if (record.leak === 'none') return [];
    const { colours } = this;
    const where = record.function === '' ? '' : ` ${colours.dim(`(${forTerminal(record.function)})`)}`;
    return [`${this.at(file, record)} ${colours.dim('parameter:')} ${forTerminal(`${record.name} ${LEAKS[record.leak]}`)}${where}`];
  }

  private at(file: string, { line, column }: EscapeRecord): string {
    return this.colours.bold(`${forTerminal(file)}:${line}:${column}:`);
  }
}

function verdictOf({ certainty, cost, verdict }: ToldSite): Verdict {
  if (verdict === 'heap' && certainty === 'possible') return 'perhaps heap';
  return cost.allocates === 'sometimes' ? 'sometimes heap' : 'heap';
}

function sentenceOf(record: ToldSite): string {
  const { kind, name, origin, verdict, cost, reason, callee } = record;
  const subject = kind === 'moved' && name !== undefined ? name : SUBJECTS[kind];
  const inlined = origin === 'inlined' ? ` made in ${callee ?? 'the function called'}, which is inlined here` : '';
  const bytes = cost.bytes === undefined ? '' : `, ${plural(cost.bytes, 'byte')}`;
  const why =
    verdict === 'stack' || reason === undefined || origin === 'inlined' ? '' : `, ${kind === 'moved' ? 'its address is ' : ''}${reason}`;
  const unless = cost.allocates === 'sometimes' && cost.unless !== undefined ? `; nothing is allocated ${cost.unless}` : '';
  return `${subject}${inlined}${bytes}${why}${unless}`;
}

const SUBJECTS: Readonly<Record<ToldSite['kind'], string>> = {
  moved: 'variable',
  composite: 'literal',
  new: 'new value',
  make: 'slice or map',
  append: 'append',
  closure: 'function literal',
  'method-value': 'method value',
  variadic: 'argument list',
  concat: 'string concatenation',
  conversion: 'converted copy',
  interface: 'value in an interface',
};

const LEAKS = {
  content: 'is not kept, but what it points at is',
  heap: 'is kept after the call',
  result: 'is given back in a result',
} as const;
