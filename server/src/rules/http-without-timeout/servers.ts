/** What bounds the time that a server waits for headers, or makes that nobody's concern. */
import { ancestor, go, isText, Kind, type Node } from '../../syntax/index.ts';
import type { RuleContext } from '../rule.ts';
import { isAssigned, isLoopback, valueOfKey } from './settings.ts';

/** ConnState is told of each connection and may set its deadlines. */
const HEADER_TIMEOUTS: readonly string[] = ['ReadHeaderTimeout', 'ReadTimeout', 'ConnState'];

/** Whether the literal or a statement of the package sets such a timeout, or the server is for this machine or somebody else's serving. */
export function isServerBounded(context: RuleContext, literal: Node): boolean {
  const { tree, types } = context;
  if (HEADER_TIMEOUTS.some((name) => valueOfKey(tree, literal, name) !== undefined)) return true;
  if (isLoopback(context, valueOfKey(tree, literal, 'Addr') ?? literal) || isBaseOfHttp2(context, literal)) return true;
  return isAssigned(context.package, types, 'Server', HEADER_TIMEOUTS);
}

/** `http2.ServeConnOpts{BaseConfig: …}`: others do the serving. */
function isBaseOfHttp2({ tree }: RuleContext, literal: Node): boolean {
  const element = ancestor(tree, literal, Kind.keyed_element, Kind.statement_list);
  return tree.kind[element] === Kind.keyed_element && isText(tree, go.keyedElement.key(tree, element), 'BaseConfig');
}
