/** Sizes of basic types on amd64. */
import { canonicalBasicName } from './identity.ts';

const SIZES: ReadonlyMap<string, number> = new Map([
  ['bool', 1],
  ['int8', 1],
  ['uint8', 1],
  ['int16', 2],
  ['uint16', 2],
  ['int32', 4],
  ['uint32', 4],
  ['float32', 4],
  ['int', 8],
  ['uint', 8],
  ['int64', 8],
  ['uint64', 8],
  ['uintptr', 8],
  ['float64', 8],
  ['complex64', 8],
  ['unsafe.Pointer', 8],
  ['complex128', 16],
  ['string', 16],
]);

/** Bytes of a basic type by its name, `byte` and `rune` included. */
export function sizeOfBasic(name: string): number | undefined {
  return SIZES.get(canonicalBasicName(name));
}
