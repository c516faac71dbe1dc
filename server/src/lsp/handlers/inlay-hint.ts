/** `textDocument/inlayHint` and its resolution: `heap: reason` behind each value that is allocated, for users who switched it on. */
import { type InlayHint, type InlayHintParams, MarkupKind } from 'vscode-languageserver';
import type { CancellationToken } from '../../base/index.ts';
import type { Allocation } from '../../review/index.ts';
import { headOf, inOrder, isOnHeap, markText } from '../allocation-marks.ts';
import type { ServerContext } from '../context.ts';
import { isGo, type Snapshot } from '../documents.ts';
import { type PositionEncoding, toByteRange, toPosition } from '../encoding.ts';
import { verdictText } from '../verdict-text.ts';

export async function inlayHints(context: ServerContext, params: InlayHintParams, token: CancellationToken): Promise<InlayHint[]> {
  const document = context.documents.get(params.textDocument.uri);
  await context.settings.ready();
  if (document === undefined || !isGo(document) || !context.settings.showsInlayHints) return [];
  const functions = await context.allocations.of(document, token);
  const { encoding, resolvesTooltips } = context.client();
  const asked = toByteRange(document.lines, params.range, encoding);
  const onHeap = functions.flatMap(({ allocations }) => allocations.filter(isOnHeap));
  const shown = onHeap.filter(({ at }) => asked.start <= at.start && at.start <= asked.end);
  return inOrder(shown).map((allocation) => ({
    ...placeOf(document, allocation, encoding),
    label: markText(allocation),
    paddingLeft: true,
    ...(resolvesTooltips ? { data: keyOf(document, allocation) } : { tooltip: tooltipOf(context, allocation) }),
  }));
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

function keyOf({ uri, version }: Snapshot, { kind, at }: Allocation): HintKey {
  return { uri, version, kind, start: at.start, end: at.end };
}

function isKey(data: unknown): data is HintKey {
  return typeof data === 'object' && data !== null && 'uri' in data && typeof data.uri === 'string' && 'version' in data && 'kind' in data;
}

/** Behind the expression; if that goes over several lines, behind its head. */
function placeOf(document: Snapshot, { at }: Allocation, encoding: PositionEncoding): Pick<InlayHint, 'position' | 'paddingRight'> {
  const { end } = headOf(document, at);
  return { position: toPosition(document.lines, end, encoding), ...(end === at.end ? {} : { paddingRight: true }) };
}

function tooltipOf(context: ServerContext, allocation: Allocation): InlayHint['tooltip'] {
  return { kind: MarkupKind.Markdown, value: verdictText(allocation, context.reviews.conversion()) };
}
