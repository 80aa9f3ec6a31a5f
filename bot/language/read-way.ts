import type { Way } from '../wishes.ts';
import { cleanText } from './clean.ts';
import { followsAny, tokenize } from './tokens.ts';

/** What a sentence says of ways to choose a mix: one of Keel's, or another by its name; null when neither. */
export type WayReading =
  | {
      readonly way: Way;
      /** False for words that mean other things too, such as "least risk". */
      readonly plain: boolean;
    }
  | { readonly way: null; readonly name: string }
  | null;

/** Words that mean nothing but the way. */
const plain: Readonly<Record<Way, string>> = {
  goal: "follow my goal|follow the goal|your own way|keel's way|the way you recommend",
  'least-risk':
    'minimum variance|min variance|minimum volatility|min volatility|global minimum variance|least variance|gmv',
  'best-ratio':
    'best return for its risk|best return for the risk|maximum sharpe ratio|max sharpe ratio|maximum sharpe|max sharpe|sharpe ratio|sharpe|tangency portfolio|tangency',
  'equal-risk':
    'equal risk from each part|equal risk contributions|equal risk contribution|equal shares of risk|equal risk|risk parity|erc',
  'most-diversified':
    'most diversified|maximum diversification|max diversification|maximally diversified',
  'mild-tails':
    'mildest bad days|mild bad days|minimum cvar|min cvar|minimum expected shortfall|least expected shortfall|cvar',
  doubtful: 'doubt the estimates|doubt your estimates|robust optimisation|robust optimization',
};

/** Words that could as well be about the goal or the profile. */
const loose: Readonly<Partial<Record<Way, string>>> = {
  goal: 'my goal|the goal|my own goal|default|the usual|recommended way|recommended method',
  'least-risk': 'least risk|lowest risk|least risky|safest|lowest volatility|least volatility',
  'mild-tails': 'bad days|worst days|tail risk',
  doubtful: 'robust',
};

/** Ways that others have and Keel does not offer in the chat. */
const others =
  'equal weights|equal weight|equally weighted|hierarchical risk parity|hrp|herc|nco|black litterman|mean variance|markowitz|kelly|inverse volatility|target date'.split(
    '|',
  );

const table = [plain, loose].flatMap((words) =>
  Object.entries(words).map(([way, phrases]) => ({
    way: way as Way,
    plain: words === plain,
    phrases: phrases.split('|'),
  })),
);

/** Finds a way to choose a mix in a sentence: "use risk parity", "switch to maximum Sharpe". */
export function readWay(raw: string): WayReading {
  // Hyphens join what is one name: "risk-parity", "Black-Litterman".
  const tokens = tokenize(cleanText(raw, 300).replace(/(?<=\p{L})-(?=\p{L})/gu, ' '));
  const at = (phrases: readonly string[]) => tokens.some((_, i) => followsAny(tokens, i, phrases));
  // "Hierarchical risk parity" is no risk parity.
  const other = others.find((phrase) => at([phrase]));
  if (other !== undefined) return { way: null, name: other };
  const found = table.find(({ phrases }) => at(phrases));
  return found === undefined ? null : { way: found.way, plain: found.plain };
}
