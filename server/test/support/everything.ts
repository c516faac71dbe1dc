/** Settings under which the rules on the escape analysis tell all that they know, also what `all` leaves out because it is hardly seen. */
export const EVERYTHING = {
  preset: 'all',
  ruleOptions: {
    'escaping-pointer': { unfixed: true },
    'interface-boxing': { arguments: true, seldom: true },
    'map-growth': { seldom: true },
    'slice-growth': { seldom: true },
  },
} as const;
