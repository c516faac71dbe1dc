/** `textDocument/codeLens`: above each function what it puts on the heap and how many findings it has, for users who switched it on. */
import type { CodeLens, CodeLensParams } from 'vscode-languageserver';
import type { CancellationToken } from '../../base/index.ts';
import type { FunctionAllocations } from '../../review/index.ts';
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

function titleOf({ allocations }: FunctionAllocations, findings: number): string {
  const certain = allocations.filter(({ certainty }) => certainty === 'certain').length;
  const possible = allocations.length - certain;
  const parts = [
    ...(certain > 0 ? [`${certain} on the heap`] : []),
    ...(possible > 0 ? [`${possible} possibly on the heap`] : []),
    ...(findings > 0 ? [`${findings} ${findings === 1 ? 'finding' : 'findings'}`] : []),
  ];
  return parts.join(' · ');
}
