/** What gc's layout of values depends on besides their types: the processor that is built for (go/types, `gcArchSizes`). */
import { canonicalBasicName } from './identity.ts';

/** Sizes in bytes. */
export interface Architecture {
  /** Of a pointer, `int` and `uintptr`. */
  readonly word: number;
  /** Of no type is the alignment larger, but for what `sync/atomic` aligns by name. */
  readonly maxAlignment: number;
}

const OF_64_BITS: Architecture = { word: 8, maxAlignment: 8 };
const OF_32_BITS: Architecture = { word: 4, maxAlignment: 4 };

const OTHERS: ReadonlyMap<string, Architecture> = new Map([
  ['386', OF_32_BITS],
  ['arm', OF_32_BITS],
  ['mips', OF_32_BITS],
  ['mipsle', OF_32_BITS],
  ['amd64p32', { word: 4, maxAlignment: 8 }],
]);

/** By a GOARCH. What gc does not build for is laid out as on amd64, for which all that is known of the library was worked out. */
export function architectureOf(goarch: string | undefined): Architecture {
  return (goarch === undefined ? undefined : OTHERS.get(goarch)) ?? OF_64_BITS;
}

const SIZES: ReadonlyMap<string, number> = new Map([
  ['bool', 1],
  ['int8', 1],
  ['uint8', 1],
  ['int16', 2],
  ['uint16', 2],
  ['int32', 4],
  ['uint32', 4],
  ['float32', 4],
  ['int64', 8],
  ['uint64', 8],
  ['float64', 8],
  ['complex64', 8],
  ['complex128', 16],
]);

const WORDS: ReadonlyMap<string, number> = new Map([
  ['int', 1],
  ['uint', 1],
  ['uintptr', 1],
  ['unsafe.Pointer', 1],
  ['string', 2],
]);

/** Bytes of a basic type by its name, `byte` and `rune` included. */
export function sizeOfBasic(name: string, { word }: Architecture): number | undefined {
  const canonical = canonicalBasicName(name);
  const words = WORDS.get(canonical);
  return words === undefined ? SIZES.get(canonical) : words * word;
}
