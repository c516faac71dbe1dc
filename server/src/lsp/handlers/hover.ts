/** `textDocument/hover`: where a value lives and why, the rule's page on a finding, and that of a rule named in one of our directives. */
import { type Hover, type HoverParams, LSPErrorCodes, type MarkupContent, MarkupKind, ResponseError } from 'vscode-languageserver';
import type { CancellationToken, LineTable, Location, Range } from '../../base/index.ts';
import type { Explanation, Finding } from '../../review/index.ts';
import type { ServerContext } from '../context.ts';
import { isGo } from '../documents.ts';
import { toLspRange, toOffset } from '../encoding.ts';
import { asSection, plainText } from '../markdown.ts';
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
  const explanations = named === undefined ? await explanationsAt(context, path, offset, document?.version, token) : [];
  const findings = named === undefined ? await findingsAt(context, path, offset, token) : [];
  const told = context.client().options.showsFindingsInHovers === true ? findings.flatMap(({ related }) => related) : [];
  const conversion = context.reviews.conversion();
  const verdicts = explanations.map((each) => verdictText(withoutTold(each, told), conversion));
  const places = named ?? findings.map(({ ruleId, at }) => ({ rule: ruleId, range: at }));
  const pages = [...new Set(places.map(({ rule }) => rule))].flatMap((rule) => context.host.explain(rule) ?? []).map(asSection);
  const range = places[0]?.range ?? explanations[0]?.at;
  const parts = verdicts.length === 0 ? pages : [verdicts.join('\n\n'), ...pages];
  if (parts.length === 0 || range === undefined) return null;
  return {
    contents: contentsOf(parts.join('\n\n---\n\n'), context),
    range: toLspRange(text.lines, range, encoding),
  };
}

function contentsOf(markdown: string, { client }: ServerContext): MarkupContent {
  if (client().showsMarkdown) return { kind: MarkupKind.Markdown, value: markdown };
  return { kind: MarkupKind.PlainText, value: plainText(markdown) };
}

async function explanationsAt(
  { host, documents, settings }: ServerContext,
  path: string,
  offset: number,
  version: number | undefined,
  token: CancellationToken,
): Promise<readonly Explanation[]> {
  await settings.ready();
  if (!settings.isEnabled) return [];
  const explanations = await host.service.explanations(path, offset, token);
  // The offset was of an older text.
  if (documents.at(path)?.version !== version) throw new ResponseError(LSPErrorCodes.ContentModified, 'the text has changed');
  return explanations;
}

/** Without the reason and its steps where a finding that the client shows beside the hover has told them all. */
function withoutTold(explanation: Explanation, told: Finding['related']): Explanation {
  const { steps } = explanation;
  const isTold = steps.length > 0 && steps.every(({ at }) => told.some((place) => isSamePlace(at, place.at)));
  return isTold ? { ...explanation, reason: undefined, steps: [] } : explanation;
}

function isSamePlace(a: Location, b: Location): boolean {
  return a.path === b.path && a.range.start === b.range.start;
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

async function findingsAt(
  { reviews, settings }: ServerContext,
  path: string,
  offset: number,
  token: CancellationToken,
): Promise<Finding[]> {
  await settings.ready();
  const { findings } = await reviews.file(path, token);
  return findings.filter(({ at }) => at.start <= offset && offset <= at.end);
}
