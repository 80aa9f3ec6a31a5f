import type { Token } from './tokens.ts';

const growth = '(?:returns?|growth|profits?|gains?|yields?|performance|upside|money|wealth)';

const maxReturn: readonly RegExp[] = [
  new RegExp(
    `\\b(?:max|maximum|maximal|maximi[sz]e|maximi[sz]ing|most|highest|best|biggest|greatest|largest|strongest)(?: \\p{L}+){0,3} ${growth}\\b`,
    'u',
  ),
  new RegExp(`\\bas much (?:\\p{L}+ )?${growth}(?: \\p{L}+){0,3} as\\b`, 'u'),
  /\bgrow(?: \p{L}+){0,3} as (?:much|fast|quickly|big|high)\b/u,
  /\bas (?:much|high|big|fast)(?: growth)? as (?:possible|my risk|the risk|risk|i can)\b/,
  /\b(?:make|earn|get) as much(?: \p{L}+){0,2} as\b/u,
  /\b(?:aggressive|go for|all in on|pure|maximum|max) growth\b/,
  /^(?:i want |i d like |just |go for |my goal is )?(?:max|maximum|growth|grow|grow my money|grow my wealth|max it out|more money)$/,
];

const preserve: readonly RegExp[] = [
  /\b(?:keep|keeping|protect|protecting|preserve|preserving|conserve|conserving|safeguard|guard|secure|hang on to|hold on to)(?: \p{L}+){0,3} (?:what (?:i|we) (?:have|own)|what i've got|capital|savings|money|wealth|principal|value|nest egg)\b/u,
  /\b(?:keep|keeping) (?:(?:what|all|everything) )?(?:i|we) (?:have|own)\b/,
  /\b(?:keep|protect|preserve) (?:what|everything) (?:i|we) (?:have|own|got|'ve got)\b/,
  /\b(?:keep|keeping)(?: \p{L}+){0,3} safe\b/u,
  /\b(?:capital|wealth) (?:preservation|conservation|protection)\b/,
  /\b(?:conservation|preservation|protection) of (?:my )?(?:capital|wealth|savings)\b/,
  /\b(?:don't|dont|do not|not|without|never|avoid) (?:want to |wanna )?(?:los(?:e|ing)|risk(?:ing)?) (?:any |my |it|what|money|capital|anything|savings)/,
  /\b(?:no|avoid|zero) (?:loss|losses|risk|risks)\b/,
  /\b(?:lowest|least|minimum|minimal|min|smallest|as little)(?: possible)? (?:risk|volatility|loss|losses|swings)\b/,
  /^(?:preserve|preservation|safety|safe|play it safe|safety first|stay safe|be safe|protect it|keep it)$/,
];

const multiply = /\b(?:double|triple|quadruple)\b/;
const withdrawal =
  /^(?:withdraw|withdrawing|withdrawal|withdrawals|spend|spending|income|pension|salary|earn|earning|rent|dividends?|interest|live)$/;

export type Wish = 'max-return' | 'preserve';

/** The aims that words alone express. */
export function wishesIn(tokens: readonly Token[]): Wish[] {
  const text = tokens
    .filter(({ kind }) => kind !== 'sign')
    .map((token) => token.text)
    .join(' ');
  const wishes: Wish[] = [];
  if (preserve.some((pattern) => pattern.test(text))) wishes.push('preserve');
  if (maxReturn.some((pattern) => pattern.test(text))) wishes.push('max-return');
  return wishes;
}

export function asksToMultiply(tokens: readonly Token[]): boolean {
  return tokens.some(({ text }) => multiply.test(text));
}

export function isWithdrawal(token: Token): boolean {
  return withdrawal.test(token.text);
}
