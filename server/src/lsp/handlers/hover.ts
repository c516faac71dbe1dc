/** `textDocument/hover`: where a value lives and why, the rule's page on a finding, and that of a rule named in one of our directives. */
import { type Hover, type HoverParams, LSPErrorCodes, MarkupKind, ResponseError } from 'vscode-languageserver';
import type { CancellationToken, LineTable, Range } from '../../base/index.ts';
import type { ServerContext } from '../context.ts';
import { isGo } from '../documents.ts';
import { toLspRange, toOffset } from '../encoding.ts';
import { pathOfUri } from '../uri.ts';
import { verdictText } from '../verdict-text.ts';

const DIRECTIVE = /\/\/escapement:(?:file-)?ignore\s+([^\n\r]*)/;
const RULE_ID = /[a-z0-9-]+/g;

export async function hover(
  context: ServerContext,
  { textDocument, position }: HoverParams,
  token: CancellationToken,
): Promise<Hover | null> {
  const path = pathOfUri(textDocument.uri);
  const document = context.documents.get(textDocument.uri);
  if (path === undefined || !isGo({ path })) return null;
  const { encoding, textOf } = context.reviews.conversion();
  const text = textOf(path);
  const source = document?.source ?? context.host.fileSystem.readFile(path);
  if (text === undefined || source === undefined) return null;
  const offset = toOffset(text.lines, position, encoding);
  const named = ruleInDirective(source, text.lines, offset);
  const verdicts = named === undefined ? await verdictsAt(context, path, offset, document?.version, token) : [];
  const places = named ?? (await rulesAt(context, path, offset, token));
  const pages = places.flatMap(({ rule }) => context.host.explain(rule) ?? []);
  const links = verdicts.length === 0 ? [] : places.map(({ rule }) => `[${rule}](${context.host.ruleUrl(rule)})`);
  const parts = [...verdicts.map(({ text }) => text), ...(links.length === 0 ? [] : [`See ${links.join(', ')}.`]), ...pages.map(below)];
  const range = places[0]?.range ?? verdicts[0]?.range;
  if (parts.length === 0 || range === undefined) return null;
  return {
    contents: { kind: MarkupKind.Markdown, value: parts.join('\n\n').replace(/^---\n\n/, '') },
    range: toLspRange(text.lines, range, encoding),
  };
}

/** A rule's page stands apart from what is said before. */
function below(page: string): string {
  return `---\n\n${page}`;
}

interface Verdict {
  readonly text: string;
  readonly range: Range;
}

async function verdictsAt(
  { host, documents, reviews, settings }: ServerContext,
  path: string,
  offset: number,
  version: number | undefined,
  token: CancellationToken,
): Promise<Verdict[]> {
  await settings.ready();
  if (!settings.isEnabled) return [];
  const explanations = await host.service.explanations(path, offset, token);
  // The offset was of an older text.
  if (documents.at(path)?.version !== version) throw new ResponseError(LSPErrorCodes.ContentModified, 'the text has changed');
  const conversion = reviews.conversion();
  return explanations.map((each) => ({ text: verdictText(each, conversion), range: each.at }));
}

interface RulePlace {
  readonly rule: string;
  readonly range: Range;
}

function ruleInDirective(source: Uint8Array, lines: LineTable, offset: number): RulePlace[] | undefined {
  const line = lines.lineOf(offset);
  const start = lines.lineStart(line);
  // One character per byte, so that indices are byte offsets.
  const text = String.fromCharCode(...source.subarray(start, Math.min(lines.lineEnd(line), start + LONGEST_LINE)));
  const directive = DIRECTIVE.exec(text);
  if (directive === null) return undefined;
  const list = directive[1].split('--')[0];
  const listStart = start + directive.index + directive[0].length - directive[1].length;
  for (const match of list.matchAll(RULE_ID)) {
    const range = { start: listStart + match.index, end: listStart + match.index + match[0].length };
    if (range.start <= offset && offset <= range.end) return [{ rule: match[0], range }];
  }
  return undefined;
}

/** No directive is longer, and a call takes only so many arguments. */
const LONGEST_LINE = 4096;

async function rulesAt({ reviews, settings }: ServerContext, path: string, offset: number, token: CancellationToken): Promise<RulePlace[]> {
  await settings.ready();
  const { findings } = await reviews.file(path, token);
  const here = findings.filter(({ at }) => at.start <= offset && offset <= at.end);
  return [...new Map(here.map(({ ruleId, at }) => [ruleId, { rule: ruleId, range: at }])).values()];
}
