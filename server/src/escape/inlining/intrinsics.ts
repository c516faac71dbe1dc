/** Functions that the compiler replaces with machine instructions on amd64, so that calling them costs its inliner nothing extra. */
import type { Callee } from '../../model/index.ts';

/** Whether a call is no call: an instruction, or a load or store that is put together from bytes. */
export function isIntrinsic(callee: Callee): boolean {
  if (callee.kind !== 'function' && callee.kind !== 'method') return false;
  return BY_PACKAGE.get(callee.path)?.test(callee.name) === true;
}

/** From cmd/compile/internal/ssagen/intrinsics.go, and the cheap calls of cmd/compile/internal/inline. */
const BY_PACKAGE: ReadonlyMap<string, RegExp> = new Map([
  ['math', /^(sqrt|Trunc|Floor|Ceil|RoundToEven|FMA)$/],
  ['math/bits', /^(TrailingZeros|Len|OnesCount|RotateLeft)(8|16|32|64)?$|^ReverseBytes(16|32|64)?$|^(Mul|Add|Sub|Div)(64)?$/],
  ['sync/atomic', /^(Load|Store|Swap|CompareAndSwap|Add|And|Or)(Int32|Int64|Uint32|Uint64|Uintptr|Pointer)$/],
  ['internal/runtime/atomic', /^[A-Z]\w*$/],
  ['internal/runtime/sys', /^(TrailingZeros|Len|OnesCount|Bswap|Prefetch)\w*$/],
  ['encoding/binary', /^(little|big)Endian\.(Put|Append)?Uint(16|32|64)$/],
  ['internal/byteorder', /^(LE|BE)(Put|Append)?Uint(16|32|64)$/],
  ['runtime', /^(KeepAlive)$/],
]);
