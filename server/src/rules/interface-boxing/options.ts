/** What a user may widen or leave out. */

import { testCodeOption } from '../kit/tests.ts';
import type { RuleContext } from '../rule.ts';

export const options = {
  arguments: {
    type: 'boolean',
    default: true,
    recommended: false,
    doc: 'Also report arguments of all other functions than those that sort, format and log and the methods of `container/*`: most do so much more that one allocation is not seen.',
  },
  stored: {
    type: 'boolean',
    default: true,
    recommended: false,
    doc: 'Also report values that are stored in an interface which outlives the code: what the data is made of, as a rule.',
  },
  little: {
    type: 'boolean',
    default: true,
    recommended: false,
    doc: 'Also report text that is made outside of handlers: beside that one allocation is hardly seen.',
  },
  seldom: {
    type: 'boolean',
    default: true,
    recommended: false,
    doc: 'Also report what is printed or logged at once, arguments of SQL, what is boxed once per request or after waiting for a clock, indexes and lengths, what sets something up, and what serves tests or examples: there one allocation is not seen.',
  },
  tests: testCodeOption,
} as const;

export type Context = RuleContext<typeof options>;
