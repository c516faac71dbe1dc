/** `textDocument/inlayHint`: `heap: reason` behind each value that escapes, for users who switched it on. */
import type { InlayHint, InlayHintParams } from 'vscode-languageserver';
import type { CancellationToken } from '../../base/index.ts';
import type { Allocation } from '../../review/index.ts';
import type { ServerContext } from '../context.ts';
import { isGo } from '../documents.ts';
import { toByteRange, toPosition } from '../encoding.ts';

/** Longer reasons would push the code away; the tooltip has all of it. */
const LONGEST_REASON = 48;

export async function inlayHints(context: ServerContext, params: InlayHintParams, token: CancellationToken): Promise<InlayHint[]> {
  const document = context.documents.get(params.textDocument.uri);
  await context.settings.ready();
  if (document === undefined || !isGo(document) || !context.settings.showsInlayHints) return [];
  const functions = await context.allocations.of(document, token);
  const { encoding } = context.client();
  const asked = toByteRange(document.lines, params.range, encoding);
  return functions
    .flatMap(({ allocations }) => allocations)
    .filter(({ at }) => asked.start <= at.start && at.start <= asked.end)
    .map((allocation) => ({
      position: toPosition(document.lines, placeOf(document.source, allocation), encoding),
      label: labelOf(allocation),
      tooltip: tooltipOf(allocation),
      paddingLeft: true,
      paddingRight: true,
    }));
}

/** Behind a name; before the arguments or body of an expression, which may be long. */
function placeOf(source: Uint8Array, { at }: Allocation): number {
  const text = String.fromCharCode(...source.subarray(at.start, Math.min(at.end, at.start + 200)));
  const head = /^[^({\n]*/.exec(text)?.[0] ?? '';
  return at.start + head.trimEnd().length;
}

function labelOf({ reason, certainty }: Allocation): string {
  const short = reason.length > LONGEST_REASON ? `${reason.slice(0, LONGEST_REASON - 1)}…` : reason;
  return `${certainty === 'certain' ? 'heap' : 'heap?'}: ${short}`;
}

/** Plain text: names and code of users are in it. */
function tooltipOf({ what, reason, certainty, steps }: Allocation): string {
  const verdict = certainty === 'certain' ? 'is allocated on the heap' : 'may be allocated on the heap';
  return [`${what} ${verdict}: ${reason}.`, ...steps.map(({ note }, i) => `${i + 1}. ${note}`)].join('\n');
}
