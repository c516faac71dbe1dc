/** Functions that run once per request, told by what they are given. */
import type { Type } from '../../model/index.ts';
import { children, enclosingFunction, go, Kind, NONE, type Node } from '../../syntax/index.ts';
import type { RuleContext } from '../rule.ts';

/** Types of which each request has a value of its own. */
const REQUESTS: ReadonlySet<string> = new Set([
  'net/http.Request',
  'net/http.ResponseWriter',
  'github.com/gin-gonic/gin.Context',
  'github.com/labstack/echo.Context',
  'github.com/labstack/echo/v4.Context',
  'github.com/labstack/echo/v5.Context',
  'github.com/gofiber/fiber/v2.Ctx',
  'github.com/gofiber/fiber/v3.Ctx',
  'github.com/valyala/fasthttp.RequestCtx',
]);

/** The innermost function around the node that takes a request, or what answers one; NONE where none does. Methods and literals count. */
export function handlerAround(context: Pick<RuleContext, 'tree' | 'types'>, node: Node): Node {
  for (let fn = enclosingFunction(context.tree, node); fn !== NONE; fn = enclosingFunction(context.tree, fn)) {
    if (takesRequest(context, fn)) return fn;
  }
  return NONE;
}

function takesRequest({ tree, types }: Pick<RuleContext, 'tree' | 'types'>, fn: Node): boolean {
  const parameters = children(tree, go.functionDeclaration.parameters(tree, fn));
  return parameters.some(
    (each) => tree.kind[each] === Kind.parameter_declaration && isOfRequest(types.typeOfTypeNode(go.parameterDeclaration.type(tree, each))),
  );
}

function isOfRequest(type: Type): boolean {
  const inner = type.kind === 'pointer' ? type.element : type;
  return inner.kind === 'named' && REQUESTS.has(`${inner.path}.${inner.name}`);
}
