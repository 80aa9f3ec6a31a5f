import type { Outlook } from '../advice/record.ts';
import { formatDay, formatMinor, formatPercent } from '../language/format.ts';

/** How a goal by a date stands, in whole sentences. */
export function outlookSentences(outlook: Outlook): string {
  const { amount, byDay, probability, low, high, expected } = outlook;
  const goal = `${formatMinor(amount * 100)} by ${formatDay(byDay)}`;
  const range = `from ${chance(low)} to ${chance(high)}`;
  return `The chance of reaching ${goal} with this mix is ${about(probability)}, if returns behave as estimated. Over the 90 % interval of the expected return it runs ${range}. Expected then: ${formatMinor(expected * 100)}, before taxes and inflation.`;
}

function about(probability: number): string {
  return probability > 0.99 || probability < 0.01
    ? chance(probability)
    : `about ${chance(probability)}`;
}

/** Nothing that hangs on an estimate is certain. */
function chance(probability: number): string {
  if (probability > 0.99) return 'more than 99 %';
  if (probability < 0.01) return 'less than 1 %';
  return formatPercent(probability);
}
