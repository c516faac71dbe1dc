/**
 * Reads the language out of tree-sitter-go's published wasm: LR table, actions, symbols, productions. The file is a
 * relocatable module; instantiated on an empty memory, its one function returns the address of a TSLanguage struct
 * (tree-sitter's `parser.h`, ABI 15, 32-bit layout), so neither a C compiler nor web-tree-sitter is needed.
 */
const ABI = 15;

/** Byte offsets of TSLanguage's members on a 32-bit machine. */
const At = {
  abi: 0,
  symbols: 4,
  aliases: 8,
  tokens: 12,
  states: 20,
  largeStates: 24,
  productions: 28,
  maxAliasLength: 36,
  table: 40,
  smallTable: 44,
  smallTableMap: 48,
  actions: 52,
  names: 56,
  fieldNames: 60,
  fieldSlices: 64,
  fieldEntries: 68,
  metadata: 72,
  aliasSequences: 84,
} as const;

export type Action =
  | { readonly kind: 'shift'; readonly state: number }
  | { readonly kind: 'extra' | 'accept' | 'recover' }
  | { readonly kind: 'reduce'; readonly symbol: number; readonly count: number; readonly precedence: number; readonly production: number };

export interface SymbolInfo {
  readonly name: string;
  readonly visible: boolean;
  readonly named: boolean;
}

export interface Production {
  /** Alias of each child by its place among the children that are no extras; 0 for none. */
  readonly aliases: readonly number[];
  /** Field name of each child, '' for none. */
  readonly fields: readonly string[];
}

export interface Language {
  /** Terminals come first; after the last grammar symbol come those that exist only as aliases. */
  readonly symbols: readonly SymbolInfo[];
  readonly tokenCount: number;
  /** Symbols that have a column in the table. */
  readonly columns: number;
  /** Per state: terminal → actions. */
  readonly actions: readonly ReadonlyMap<number, readonly Action[]>[];
  /** Per state: nonterminal → state. */
  readonly gotos: readonly ReadonlyMap<number, number>[];
  readonly productions: readonly Production[];
}

/** Throws when the module is of another ABI. */
export function readLanguage(wasm: Uint8Array): Language {
  const memory = new Memory(wasm);
  if (memory.u32(At.abi) !== ABI) throw new Error(`tree-sitter-go.wasm has ABI ${memory.u32(At.abi)}, this script reads ${ABI}`);
  const columns = memory.u32(At.symbols);
  const tokenCount = memory.u32(At.tokens);
  const rows = tableRows(memory, columns);
  const lists = new ActionLists(memory);
  return {
    symbols: symbolInfos(memory, columns + memory.u32(At.aliases)),
    tokenCount,
    columns,
    actions: rows.map((row) => new Map([...row].filter(([s]) => s < tokenCount).map(([s, at]) => [s, lists.at(at)]))),
    gotos: rows.map((row) => new Map([...row].filter(([s]) => s >= tokenCount))),
    productions: productions(memory),
  };
}

/** What is used of the platform's WebAssembly, which the project's compiler settings do not declare. */
interface WebAssemblyApi {
  readonly Memory: new (options: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Table: new (options: { initial: number; element: 'anyfunc' }) => object;
  readonly Global: new (type: { value: 'i32'; mutable?: boolean }, value: number) => object;
  readonly Module: { new (bytes: Uint8Array): object; imports(module: object): { name: string }[] };
  readonly Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, (() => number) | undefined>> };
}

class Memory {
  private readonly language: number;
  private readonly bytes: DataView;

  constructor(wasm: Uint8Array) {
    const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyApi };
    const memory = new WebAssembly.Memory({ initial: 64 });
    const env: Record<string, unknown> = {
      memory,
      __indirect_function_table: new WebAssembly.Table({ initial: 64, element: 'anyfunc' }),
      __memory_base: new WebAssembly.Global({ value: 'i32' }, 1024),
      __table_base: new WebAssembly.Global({ value: 'i32' }, 0),
      __stack_pointer: new WebAssembly.Global({ value: 'i32', mutable: true }, 4_000_000),
    };
    const module = new WebAssembly.Module(new Uint8Array(wasm));
    for (const { name } of WebAssembly.Module.imports(module)) env[name] ??= () => 0;
    const { exports: exported } = new WebAssembly.Instance(module, { env });
    exported.__wasm_apply_data_relocs?.();
    exported.__wasm_call_ctors?.();
    this.language = exported.tree_sitter_go?.() ?? 0;
    this.bytes = new DataView(memory.buffer);
  }

  /** A member of the language. */
  u32(member: number): number {
    return this.bytes.getUint32(this.language + member, true);
  }

  u16(member: number): number {
    return this.bytes.getUint16(this.language + member, true);
  }

  /** An element of an array that a member points to. */
  arrayU8(member: number, index: number): number {
    return this.bytes.getUint8(this.u32(member) + index);
  }

  arrayU16(member: number, index: number): number {
    return this.bytes.getUint16(this.u32(member) + index * 2, true);
  }

  arrayI16(member: number, byte: number): number {
    return this.bytes.getInt16(this.u32(member) + byte, true);
  }

  arrayU32(member: number, index: number): number {
    return this.bytes.getUint32(this.u32(member) + index * 4, true);
  }

  string(member: number, index: number): string {
    const codes: number[] = [];
    for (let at = this.arrayU32(member, index); this.bytes.getUint8(at) !== 0; at++) codes.push(this.bytes.getUint8(at));
    return String.fromCharCode(...codes);
  }
}

/** Per state its cells that are not empty: of a terminal an index into the actions, of a nonterminal the next state. */
function tableRows(memory: Memory, columns: number): Map<number, number>[] {
  const large = memory.u32(At.largeStates);
  const rows: Map<number, number>[] = [];
  for (let state = 0; state < memory.u32(At.states); state++) {
    rows.push(state < large ? largeRow(memory, state, columns) : smallRow(memory, state - large));
  }
  return rows;
}

function largeRow(memory: Memory, state: number, columns: number): Map<number, number> {
  const row = new Map<number, number>();
  for (let symbol = 0; symbol < columns; symbol++) {
    const value = memory.arrayU16(At.table, state * columns + symbol);
    if (value !== 0) row.set(symbol, value);
  }
  return row;
}

/** Groups of symbols that share a value: count of groups, then value, count of symbols, symbols. */
function smallRow(memory: Memory, index: number): Map<number, number> {
  const row = new Map<number, number>();
  let at = memory.arrayU32(At.smallTableMap, index);
  for (let groups = memory.arrayU16(At.smallTable, at++); groups > 0; groups--) {
    const value = memory.arrayU16(At.smallTable, at++);
    for (let count = memory.arrayU16(At.smallTable, at++); count > 0; count--) row.set(memory.arrayU16(At.smallTable, at++), value);
  }
  return row;
}

const ACTION_TYPES = ['shift', 'reduce', 'accept', 'recover'] as const;

class ActionLists {
  private readonly memory: Memory;
  private readonly lists = new Map<number, readonly Action[]>();

  constructor(memory: Memory) {
    this.memory = memory;
  }

  /** One list per index, so that equal lists can be told by identity. */
  at(index: number): readonly Action[] {
    const known = this.lists.get(index);
    if (known !== undefined) return known;
    const count = this.memory.arrayU8(At.actions, index * 8);
    const list = Array.from({ length: count }, (_, i) => this.action((index + 1 + i) * 8)).filter((action) => action !== undefined);
    this.lists.set(index, list);
    return list;
  }

  /** Undefined for the repetition marks of the GLR runtime, which stand for a reduction listed beside them. */
  private action(byte: number): Action | undefined {
    const u8 = (offset: number): number => this.memory.arrayU8(At.actions, byte + offset);
    const i16 = (offset: number): number => this.memory.arrayI16(At.actions, byte + offset);
    const kind = ACTION_TYPES[u8(0)];
    if (kind === 'reduce') return { kind, count: u8(1), symbol: i16(2), precedence: i16(4), production: i16(6) };
    if (kind !== 'shift') return { kind };
    const isRepetition = u8(5) !== 0;
    if (isRepetition) return undefined;
    return u8(4) !== 0 ? { kind: 'extra' } : { kind, state: i16(2) };
  }
}

function symbolInfos(memory: Memory, count: number): SymbolInfo[] {
  return Array.from({ length: count }, (_, symbol) => ({
    name: memory.string(At.names, symbol),
    visible: memory.arrayU8(At.metadata, symbol * 3) !== 0,
    named: memory.arrayU8(At.metadata, symbol * 3 + 1) !== 0,
  }));
}

function productions(memory: Memory): Production[] {
  const width = memory.u16(At.maxAliasLength);
  return Array.from({ length: memory.u32(At.productions) }, (_, production) => ({
    aliases: Array.from({ length: width }, (_, i) => memory.arrayU16(At.aliasSequences, production * width + i)),
    fields: productionFields(memory, production),
  }));
}

/** Inherited entries say what is below a hidden child, whose own production says it too. */
function productionFields(memory: Memory, production: number): string[] {
  const first = memory.arrayU16(At.fieldSlices, production * 2);
  const count = memory.arrayU16(At.fieldSlices, production * 2 + 1);
  const fields: string[] = [];
  for (let i = first; i < first + count; i++) {
    const field = memory.arrayU16(At.fieldEntries, i * 2);
    const child = memory.arrayU8(At.fieldEntries, i * 4 + 2);
    const isInherited = memory.arrayU8(At.fieldEntries, i * 4 + 3) !== 0;
    if (!isInherited) fields[child] ??= memory.string(At.fieldNames, field);
  }
  return Array.from(fields, (name) => name ?? '');
}
