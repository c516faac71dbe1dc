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
    doc: 'Also report what others ask for, where another function or type alone would help: outside loops what a function of another module takes (`errors.As`, `json.Unmarshal`, an `io.Writer`), and what ends at an interface or a function that only run time knows (an option `func(*config)`), in loops what differs from turn to turn and is passed to such a function; and pointers to numbers, texts and bools in fields, where nil says that there is none.',
  },
  unfixed: {
    type: 'boolean',
    default: true,
    recommended: false,
    doc: 'Also report what no edit at hand keeps off the heap, because something else would have to be made otherwise; outside loops and handlers what is only needed on some paths, which are mostly those that do not fail; and what commands that end, what sets something up and what serves tests allocate. `escapement escapes` lists all that goes to the heap.',
  },
  tests: testCodeOption,
} as const;
