/** What a user may widen. */
export const options = {
  allocations: {
    type: 'boolean',
    default: true,
    recommended: false,
    doc: 'Report `&T{…}` and `new(T)` wherever they stand; when off, only in loops, handlers and benchmarks, and there only those that are handed on rather than stored, as literals of slices and maps always are.',
  },
  constructors: { type: 'boolean', default: false, doc: 'Also report what a function makes in order to return it.' },
  demanded: {
    type: 'boolean',
    default: true,
    recommended: false,
    doc: 'Also report, outside loops, handlers and benchmarks, what a function of another module asks for by its parameters (`errors.As`, `json.Unmarshal`, an `io.Writer`): there only another function would help.',
  },
  tests: { type: 'boolean', default: false, doc: 'Also report in test files.' },
} as const;
