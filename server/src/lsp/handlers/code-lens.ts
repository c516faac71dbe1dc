/** `textDocument/codeLens`: above each function what it puts on the heap and how many findings it has, for users who switched it on. */
import type { CodeLens, CodeLensParams } from 'vscode-languageserver';
import type { CancellationToken } from '../../base/index.ts';
import type { FunctionAllocations } from '../../review/index.ts';
import { isOnHeap } from '../allocation-marks.ts';
import type { ServerContext } from '../context.ts';
import { isGo } from '../documents.ts';
import { toLspRange } from '../encoding.ts';

export async function codeLenses(context: ServerContext, params: CodeLensParams, token: CancellationToken): Promise<CodeLens[]> {
  const document = context.documents.get(params.textDocument.uri);
  await context.settings.ready();
  if (document === undefined || !isGo(document) || !context.settings.showsCodeLens) return [];
  const review = await context.reviews.file(document.path, token);
  const functions = await context.allocations.of(document, token);
  return functions.flatMap((fn) => {
    const findings = review.findings.filter((finding) => finding.function === fn.name).length;
    const title = titleOf(fn, findings);
    if (title === '') return [];
    // An empty command is how a lens says something that cannot be clicked.
    return [{ range: toLspRange(document.lines, fn.at, context.client().encoding), command: { title, command: '' } }];
  });
}

/** `3 heap sites, 1 in a loop · 2 possible · 1 finding`. */
function titleOf({ allocations }: FunctionAllocations, findings: number): string {
  const onHeap = allocations.filter(isOnHeap);
  const certain = onHeap.filter(({ certainty }) => certainty === 'certain');
  const possible = onHeap.length - certain.length;
  const inLoop = certain.filter(({ isInLoop }) => isInLoop).length;
  const parts = [
    ...(certain.length > 0 ? [`${counted(certain.length, 'heap site')}${inLoop > 0 ? `, ${inLoop} in a loop` : ''}`] : []),
    ...(possible > 0 ? [`${counted(possible, 'possible heap site')}`] : []),
    ...(findings > 0 ? [counted(findings, 'finding')] : []),
  ];
  return parts.join(' · ');
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
