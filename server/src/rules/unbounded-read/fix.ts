/** The edit that bounds a request's body; how much is for the reader to say, hence a suggestion. */
import { ancestor, Kind, type Node, textOf } from '../../syntax/index.ts';
import { replacement } from '../kit/edits.ts';
import { importEdits, packageNameAt } from '../kit/imports.ts';
import type { RuleContext, RuleFix } from '../rule.ts';
import type { RequestBody } from './request-bodies.ts';

/** None where the ResponseWriter has no name that means it there. */
export function limitFixes(context: RuleContext, source: Node, { writer }: RequestBody): RuleFix[] {
  const { tree, scopes, file } = context;
  const http = packageNameAt(file, scopes, 'net/http', source);
  if (writer === undefined || http === undefined || scopes.lookup(writer.name, ancestor(tree, source, Kind.statement_list)) !== writer)
    return [];
  const imports = importEdits(file, { add: http.add });
  if (imports === undefined) return [];
  return [
    {
      title: 'Read at most 1 MB; the rest gives an error',
      safety: 'suggestion',
      edits: [...imports, replacement(tree, source, `${http.name}.MaxBytesReader(${writer.name}, ${textOf(tree, source)}, 1<<20)`)],
    },
  ];
}
