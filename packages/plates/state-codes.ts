/**
 * What an Indian number plate may begin with: the codes of states and union territories under section 41(6) of the
 * Motor Vehicles Act, 1988, with those that were replaced but are on the road still (OR, UA, TS, DN).
 */
export const STATE_CODES: ReadonlySet<string> = new Set(
  (
    'AN AP AR AS BR CG CH DD DL DN GA GJ HP HR JH JK KA KL LA LD MH ML MN MP MZ NL OD OR PB PY RJ SK TG TN TR TS ' +
    'UA UK UP WB'
  ).split(' '),
)
