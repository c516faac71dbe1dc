/** `textDocument/inlayHint` and its resolution: `heap: reason` behind each value that is allocated, for users who switched it on. */
import { type InlayHint, type InlayHintParams, MarkupKind } from 'vscode-languageserver';
import type { CancellationToken } from '../../base/index.ts';
import type { Explanation } from '../../review/index.ts';
import type { ServerContext } from '../context.ts';
import { isGo, type Snapshot } from '../documents.ts';
import { type PositionEncoding, toByteRange, toPosition } from '../encoding.ts';
import { verdictText } from '../verdict-text.ts';

/** Longer reasons would push the code away; the tooltip has all of it. */
const LONGEST_REASON = 24;
/** Bytes in which the head of an expression ends, or is taken to. */
const LONGEST_HEAD = 200;

export async function inlayHints(context: ServerContext, params: InlayHintParams, token: CancellationToken): Promise<InlayHint[]> {
  const document = context.documents.get(params.textDocument.uri);
  await context.settings.ready();
  if (document === undefined || !isGo(document) || !context.settings.showsInlayHints) return [];
  const functions = await context.allocations.of(document, token);
  const { encoding, resolvesTooltips } = context.client();
  const asked = toByteRange(document.lines, params.range, encoding);
  return (
    functions
      .flatMap(({ allocations }) => allocations)
      .filter(({ at }) => asked.start <= at.start && at.start <= asked.end)
      // A value and its box end at the same place.
      .sort((a, b) => a.at.end - b.at.end || Number(a.kind === 'interface') - Number(b.kind === 'interface'))
      .map((allocation) => ({
        ...placeOf(document, allocation, encoding),
        label: labelOf(allocation),
        paddingLeft: true,
        ...(resolvesTooltips ? { data: keyOf(document, allocation) } : { tooltip: tooltipOf(context, allocation) }),
      }))
  );
}

/** Adds the tooltip; the hint as it is when the text has moved on. */
export async function resolveInlayHint(context: ServerContext, hint: InlayHint, token: CancellationToken): Promise<InlayHint> {
  const key: unknown = hint.data;
  const document = isKey(key) ? context.documents.get(key.uri) : undefined;
  if (!isKey(key) || document === undefined || document.version !== key.version) return hint;
  const functions = await context.allocations.of(document, token);
  const allocation = functions
    .flatMap(({ allocations }) => allocations)
    .find(({ at, kind }) => at.start === key.start && at.end === key.end && kind === key.kind);
  return allocation === undefined ? hint : { ...hint, tooltip: tooltipOf(context, allocation) };
}

/** What a hint is found by again. */
interface HintKey extends Pick<Snapshot, 'uri' | 'version'> {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}

function keyOf({ uri, version }: Snapshot, { kind, at }: Explanation): HintKey {
  return { uri, version, kind, start: at.start, end: at.end };
}

function isKey(data: unknown): data is HintKey {
  return typeof data === 'object' && data !== null && 'uri' in data && typeof data.uri === 'string' && 'version' in data && 'kind' in data;
}

/** Behind the expression; if that goes over several lines, behind its head, before its arguments or body. */
function placeOf(
  { source, lines }: Snapshot,
  { at }: Explanation,
  encoding: PositionEncoding,
): Pick<InlayHint, 'position' | 'paddingRight'> {
  if (lines.lineOf(at.start) === lines.lineOf(at.end)) return { position: toPosition(lines, at.end, encoding) };
  const text = String.fromCharCode(...source.subarray(at.start, Math.min(at.end, at.start + LONGEST_HEAD)));
  const head = /^[^({\n]*/.exec(text)?.[0] ?? '';
  return { position: toPosition(lines, at.start + head.trimEnd().length, encoding), paddingRight: true };
}

/** That something is put into an interface cannot be seen in the code; where it goes from there, mostly. */
function labelOf({ kind, brief, certainty }: Explanation): string {
  const reason = kind === 'interface' ? 'boxed' : (brief ?? 'escapes');
  const short = reason.length > LONGEST_REASON ? `${reason.slice(0, LONGEST_REASON - 1)}…` : reason;
  return `${certainty === 'certain' ? 'heap' : 'heap?'}: ${short}`;
}

function tooltipOf(context: ServerContext, allocation: Explanation): InlayHint['tooltip'] {
  return { kind: MarkupKind.Markdown, value: verdictText(allocation, context.reviews.conversion()) };
}
