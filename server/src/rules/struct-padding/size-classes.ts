/** What an allocation of some bytes takes: gc hands out memory in sizes of a fixed list (internal/runtime/gc, `sizeclasses.go`). */

const CLASSES: readonly number[] = [
  8, 16, 24, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208, 224, 240, 256, 288, 320, 352, 384, 416, 448, 480, 512, 576, 640, 704,
  768, 896, 1024, 1152, 1280, 1408, 1536, 1792, 2048, 2304, 2688, 3072, 3200, 3456, 4096, 4864, 5376, 6144, 6528, 6784, 6912, 8192,
];
/** Larger values with pointers carry a word that says where those are. */
const HEADER_ABOVE = 512;

/** Bytes that one value takes on the heap; of values beyond the list their size. */
export function allocatedSize(size: number, pointerBytes: number, word: number): number {
  const needed = pointerBytes > 0 && size > HEADER_ABOVE ? size + word : size;
  return CLASSES.find((each) => each >= needed) ?? needed;
}
