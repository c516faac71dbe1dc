/** `textDocument/hover`: the rule's page on a finding, and on a rule's name in one of our directives. */
import { type Hover, type HoverParams, MarkupKind } from 'vscode-languageserver';
import type { CancellationToken, LineTable, Range } from '../../base/index.ts';
import type { ServerContext } from '../context.ts';
import { isGo } from '../documents.ts';
import { toLspRange, toOffset } from '../encoding.ts';
import { pathOfUri } from '../uri.ts';

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
  const places = ruleInDirective(source, text.lines, offset) ?? (await rulesAt(context, path, offset, token));
  const pages = places.flatMap(({ rule }) => context.host.explain(rule) ?? []);
  if (pages.length === 0) return null;
  return {
    contents: { kind: MarkupKind.Markdown, value: pages.join('\n\n---\n\n') },
    range: toLspRange(text.lines, places[0].range, encoding),
  };
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
