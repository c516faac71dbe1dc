/** What a user may widen. */
import { testCodeOption } from '../kit/tests.ts';

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
    doc: 'Also report pointers that an API requires (`errors.As`, `json.Unmarshal`, an `io.Writer`, a functional option `func(*config)`), and pointers to numbers, strings and bools in fields where nil means absent.',
  },
  unfixed: {
    type: 'boolean',
    default: true,
    recommended: false,
    doc: 'Also report allocations for which there is no local fix, and those in short-lived commands, setup code and test helpers. `escapement escapes` lists everything that goes to the heap.',
  },
  tests: testCodeOption,
} as const;
