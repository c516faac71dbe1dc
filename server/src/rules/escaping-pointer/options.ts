/** What a user may widen. */
export const options = {
  allocations: {
    type: 'boolean',
    default: true,
    recommended: false,
    doc: 'Report `&T{…}` and `new(T)` wherever they stand; when off, only in loops, handlers and benchmarks, and there only those that are handed on rather than stored, as literals of slices and maps always are.',
  },
  constructors: { type: 'boolean', default: false, doc: 'Also report what a function makes in order to return it.' },
  oncePerCall: {
    type: 'boolean',
    default: true,
    recommended: false,
    doc: 'Also report what is paid once per call, outside loops, handlers and benchmarks, where it is plain to see (`&T{…}`, `new(T)`) or asked for by a function of another module (`errors.As`, `json.Unmarshal`, an `io.Writer`) and no fix is at hand.',
  },
  tests: { type: 'boolean', default: false, doc: 'Also report in test files.' },
} as const;
