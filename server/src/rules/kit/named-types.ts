/** Types that rules know by name. */
import type { Type } from '../../model/index.ts';

/** Whether the type, or what it points at, is `path.name`. */
export function isOrPointsTo(type: Type, path: string, name: string): boolean {
  const inner = type.kind === 'pointer' ? type.element : type;
  return inner.kind === 'named' && inner.path === path && inner.name === name;
}
