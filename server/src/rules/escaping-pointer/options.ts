/** What a user may widen. */
export const options = {
  allocations: {
    type: 'boolean',
    default: false,
    doc: 'Also report `&T{…}`, `new(T)` and literals outside of loops and request handlers, and those stored where the program keeps them.',
  },
  constructors: { type: 'boolean', default: false, doc: 'Also report what a function makes in order to return it.' },
  tests: { type: 'boolean', default: false, doc: 'Also report in test files.' },
} as const;
