/**
 * The words that limits are made of. Each sign stands for one idea, so that a sentence becomes a short
 * string that its shape can be read from:
 *
 * L at most, G at least (l, g behind the number: "or less"), E exactly, B between, A and, P plus, M minus, S times, O none of, C keep to,
 * U increase, D reduce, W each, T together, Z no single holding, H holdings, Y smallest holding,
 * K a measure (turnover, volatility...), N assets, V a percentage, X a bare number.
 */
export type Sign =
  | ('L' | 'G' | 'l' | 'g' | 'E' | 'B' | 'A' | 'P' | 'M' | 'S')
  | ('O' | 'C' | 'U' | 'D' | 'W' | 'T' | 'Z' | 'H' | 'Y');

const table: Readonly<Record<Sign, string>> = {
  L: `at most equal to|at most as much as|no more than|< =|= <|≤|<|at most|at the most|at max|no more than|not more than|never more than|less than|lower than
    |smaller than|fewer than|no higher than|no greater than|no larger than|not above|not over|never above
    |never over|up to|under|below|max|maximum of|a maximum of|maximum|upper limit of|must not exceed
    |should not exceed|cannot exceed|can't exceed|mustn't exceed|shouldn't exceed|may not exceed
    |must stay under|must stay below|not exceeding|do not exceed|don't exceed|capped at|limited to`,
  G: `at least equal to|at least as much as|> =|= >|≥|>|at least|at the least|no less than|not less than|no fewer than|not fewer than|more than
    |greater than|larger than|bigger than|higher than|never less than|never below|never under|not below
    |not under|over|above|min|minimum of|a minimum of|minimum|lower limit of|must exceed|exceed|exceeds`,
  l: 'or less|or fewer|or below|or under',
  g: 'or more|or above|or over',
  E: '= =|=|exactly|precisely|equal to|equals|equal',
  B: 'anywhere between|anywhere from|between|from|within',
  A: 'and also|and|&|,|;|or|but',
  P: '+|plus',
  M: '-|–|—|minus|less',
  S: '*|×|x|times',
  O: `do not hold any|don't hold any|do not buy any|don't buy any|do not hold|don't hold|do not buy|don't buy
    |do not want any|don't want any|do not want|don't want|never hold|never buy|stay out of|stay away from
    |no exposure to|nothing in|none in|none of|no|without any|without|zero|avoid|exclude|excluding|drop|ban
    |never|get rid of`,
  C: 'limit|cap|restrict',
  U: 'increase|raise|lift|bring up',
  D: 'decrease|reduce|lower|cut|bring down|trim',
  W: `in any one holding|in any single holding|in any one asset|in any single asset|in any one fund
    |in any one position|each of|each|apiece|every|individually|per asset|per holding|per position|per fund
    |any one|any single`,
  T: 'the sum of|sum of|together|combined|in total|altogether|taken together|in sum|the total of',
  Z: `no single holding|no single position|no single asset|no single fund|no one holding|no one asset
    |no one position|no holding|no holdings|no position|no positions|no asset|no assets|no fund|no funds
    |nothing|none`,
  H: `different holdings|different assets|different funds|holdings|holding|positions|position|assets|asset
    |funds|fund|names|securities|instruments|lines|etfs|tickers|symbols|things`,
  Y: `the smallest holding|smallest holding|smallest position|the smallest position|minimum holding
    |minimum position|minimum position size|minimum holding size|min position|min position size
    |smallest holding of|smallest position of|minimum position of|minimum holding of`,
};

/** What a measure is called. */
export const measureWords = {
  turnover: 'portfolio turnover|turnover|trading|trades|trade',
  volatility:
    'annual volatility|portfolio volatility|yearly volatility|volatility|vol|standard deviation|stdev|swings',
  'tracking-error': 'tracking error|tracking difference|te',
  'conditional-value-at-risk':
    'conditional value at risk|conditional var|expected shortfall|expected tail loss|cvar|tail loss|tail risk',
  risk: 'portfolio risk|risk',
} as const satisfies Record<string, string>;

/** Words that change nothing about a limit. */
export const silent: ReadonlySet<string> = new Set(
  `please i i'd we want would like need have hold keep put has my our the a an in of on into for to at that
  make sure it must should shall can may be is are stay stays remain remains portfolio weight weights weighting
  exposure allocation share shares total invested money allow only per year annual annually yearly any as set
  me us ever limit size its their this there held everything all i'll lets let . ! ? : ' " % ( )`
    .split(/\s+/)
    .filter((word) => word !== '%'),
);

/** Every phrase with its sign, longest first. */
export const phrasesBySign: readonly (readonly [phrase: string, sign: Sign])[] = Object.entries(
  table,
)
  .flatMap(([sign, phrases]) => split(phrases).map((phrase) => [phrase, sign as Sign] as const))
  .sort(([a], [b]) => b.split(' ').length - a.split(' ').length);

/** The phrases of a list, longest first. */
export function split(phrases: string): string[] {
  return phrases
    .split('|')
    .map((phrase) => phrase.trim())
    .sort((a, b) => b.split(' ').length - a.split(' ').length);
}
