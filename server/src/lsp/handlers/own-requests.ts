/** Requests that Escapement adds to the protocol: summary, files, escapes, faces, allocations, explain, debug information. */
import { ErrorCodes, ResponseError } from 'vscode-languageserver';
import type { CancellationToken } from '../../base/index.ts';
import type { EscapeRecord, FunctionFace } from '../../review/index.ts';
import { headOf, inOrder, isOnHeap, markText } from '../allocation-marks.ts';
import type { ServerContext } from '../context.ts';
import { isGo } from '../documents.ts';
import { toLspRange } from '../encoding.ts';
import type { AllocationMark, AllocationMarks, NarrowParams, ReviewSummary } from '../protocol.ts';
import { pathOfUri, uriOfPath } from '../uri.ts';

/** Of the last workspace scan. */
export function summary({ workspace }: ServerContext): ReviewSummary {
  return workspace.summary;
}

export function explain({ host }: ServerContext, params: unknown): { readonly markdown: string } | null {
  const rule = fieldOf(params, 'rule');
  if (typeof rule !== 'string') throw new ResponseError(ErrorCodes.InvalidParams, 'expected { rule: string }');
  const markdown = host.explain(rule);
  return markdown === undefined ? null : { markdown };
}

export async function files({ workspace }: ServerContext, token: CancellationToken): Promise<{ readonly uris: readonly string[] }> {
  return { uris: (await workspace.files(token)).map(uriOfPath) };
}

export async function escapes(
  { host }: ServerContext,
  params: unknown,
  token: CancellationToken,
): Promise<{ readonly records: readonly EscapeRecord[] }> {
  const path = pathOfUri(uriIn(params));
  if (path === undefined) throw new ResponseError(ErrorCodes.InvalidParams, 'expected { uri: string } of a file');
  return { records: await host.service.escapes(path, token) };
}

export async function faces(
  { host, settings }: ServerContext,
  params: unknown,
  token: CancellationToken,
): Promise<{ readonly faces: readonly (FunctionFace | null)[] }> {
  const path = pathOfUri(uriIn(params));
  const [offsets, detail] = [fieldOf(params, 'offsets'), fieldOf(params, 'detail')];
  if (path === undefined || !isListOf(offsets, 'number') || (detail !== 'outline' && detail !== 'whole'))
    throw new ResponseError(ErrorCodes.InvalidParams, "expected { uri: string, offsets: number[], detail: 'outline' | 'whole' } of a file");
  await settings.ready();
  return { faces: await host.service.faces(path, offsets, detail, token) };
}

export function widen({ workspace }: ServerContext, params: unknown): null {
  const uris = fieldOf(params, 'uris');
  if (!isListOf(uris, 'string')) throw new ResponseError(ErrorCodes.InvalidParams, 'expected { uris: string[] }');
  workspace.widen(uris.flatMap((uri) => pathOfUri(uri) ?? []));
  return null;
}

export function narrow({ workspace }: ServerContext, params: unknown): null {
  if (!isNarrowing(params))
    throw new ResponseError(
      ErrorCodes.InvalidParams,
      'expected { files: { uri: string, changed: Range[], around: Range[], rules?: string[] }[] }',
    );
  workspace.narrow(
    new Map(
      params.files.flatMap(({ uri, changed, around, rules }) => {
        const path = pathOfUri(uri);
        return path === undefined ? [] : [[path, { changed, around, rules }] as const];
      }),
    ),
  );
  return null;
}

function isNarrowing(params: unknown): params is NarrowParams {
  const files = fieldOf(params, 'files');
  return (
    Array.isArray(files) &&
    files.every(
      (file) =>
        typeof fieldOf(file, 'uri') === 'string' &&
        isListOfRanges(fieldOf(file, 'changed')) &&
        isListOfRanges(fieldOf(file, 'around')) &&
        isListOf(fieldOf(file, 'rules') ?? [], 'string'),
    )
  );
}

function isListOfRanges(value: unknown): boolean {
  return (
    Array.isArray(value) && value.every((each) => typeof fieldOf(each, 'start') === 'number' && typeof fieldOf(each, 'end') === 'number')
  );
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function isListOf<Kind extends 'number' | 'string'>(value: unknown, kind: Kind): value is (Kind extends 'number' ? number : string)[] {
  return Array.isArray(value) && value.every((each) => typeof each === kind);
}

/** Of a document that is open: marks are for whoever looks at its text. */
export async function allocationMarks(context: ServerContext, params: unknown, token: CancellationToken): Promise<AllocationMarks> {
  const document = context.documents.get(uriIn(params));
  if (document === undefined) throw new ResponseError(ErrorCodes.InvalidParams, 'expected { uri: string } of an open document');
  await context.settings.ready();
  const functions = isGo(document) && context.settings.isEnabled ? await context.allocations.of(document, token) : [];
  const { encoding } = context.client();
  const marks = inOrder(functions.flatMap(({ allocations }) => allocations)).map((allocation): AllocationMark => {
    const { bytes } = allocation.cost;
    return {
      range: toLspRange(document.lines, headOf(document, allocation.at), encoding),
      verdict: !isOnHeap(allocation) ? 'stack' : allocation.certainty === 'certain' ? 'heap' : 'possible',
      label: markText(allocation),
      ...(bytes === undefined ? {} : { bytes }),
      isInLoop: allocation.isInLoop,
    };
  });
  return { version: document.version, marks };
}

function uriIn(params: unknown): string {
  const uri = fieldOf(params, 'uri');
  return typeof uri === 'string' ? uri : '';
}

/** No source text and no paths: people paste this into public issues. */
export function debugInformation({ host, client, documents, settings, workspace, reviews }: ServerContext): { readonly text: string } {
  const { encoding, pulls, roots } = client();
  const quarantined = host.quarantined?.() ?? [];
  const lines = [
    `escapement ${host.version}`,
    `positions ${encoding}, diagnostics ${pulls ? 'pulled' : 'published'}, scope ${settings.scope}, ${settings.isEnabled ? 'enabled' : 'disabled'}`,
    `folders ${roots.length}, open documents ${documents.all().length}, configuration files ${settings.files.length}, settings ${settings.key}`,
    `last scan: ${workspace.summary.files} files, ${workspace.summary.faults.length} faults, ${workspace.summary.skipped.length} skipped`,
    `revision ${reviews.revision}, quarantined files ${quarantined.length}`,
    ...host.debugLines(roots),
  ];
  return { text: lines.join('\n') };
}
