import { among } from '../advice/own-limits.ts';
import { wishesFor } from '../advice/standing.ts';
import { optionsFor } from '../advice/what-if.ts';
import { nameable } from '../dialogue/wish-forms.ts';
import { Refusal } from '../errors.ts';
import { cleanText } from '../language/clean.ts';
import { formatPercent } from '../language/format.ts';
import { readLimit } from '../language/read-limit.ts';
import type { OwnLimit } from '../wishes.ts';
import type { Context } from './command.ts';
import type { WishWork } from './wish-work.ts';

const changing =
  /^(?:please )?(increase|raise|lift|reduce|lower|cut|decrease|trim|more|less|fewer)\b/i;
const up = /^(?:increase|raise|lift|more)$/i;

/**
 * "Increase bonds by 10 %" as a limit: that much more than the mix that would be recommended now.
 * Null when the sentence names no such change.
 *
 * @throws {Refusal} 'limit' for a change without a size, saying what to write
 */
export async function changeAsLimit(
  context: Context,
  cashRate: number,
  raw: string,
  work: WishWork,
): Promise<readonly OwnLimit[] | null> {
  const text = cleanText(raw, 300);
  const verb = changing.exec(text)?.[1];
  if (verb === undefined) return null;
  if (!/\d|\b(?:half|third|quarter)\b|\bto zero\b/i.test(text)) {
    const what = text.replace(changing, '').trim() || 'bonds';
    const way = up.test(verb) ? 'increase' : 'reduce';
    throw new Refusal(
      'limit',
      `To what share, or by how much? Write it like "${way} ${what} to 20 %" or "${way} ${what} by 5 %".`,
    );
  }
  if (!/\bby\b/i.test(text)) return null;
  const reading = readLimit(text.replace(/\bby\b/i, 'to'), nameable);
  const [limit] = reading.state === 'understood' ? reading.limits : [];
  if (limit?.kind !== 'weight' || reading.state !== 'understood' || reading.limits.length > 1)
    return null;
  const size = limit.lower ?? limit.upper ?? 0;
  const { options } = await optionsFor(context, cashRate, [await wishesFor(context)], work);
  const { weights } = options[0];
  const here = among([...weights.keys()], limit);
  const today =
    here.kind === 'weight'
      ? Object.entries(here.coefficients).reduce(
          (sum, [symbol, factor]) => sum + factor * (weights.get(symbol) ?? 0),
          0,
        )
      : 0;
  const wanted = Math.round(1e3 * (up.test(verb) ? today + size : today - size)) / 1e3;
  if (wanted > 1 || wanted < 0) {
    throw new Refusal(
      'limit',
      `The mix that I recommend now holds ${formatPercent(today)} of that, so ${formatPercent(size)} ${up.test(verb) ? 'more is above 100 %' : 'less is below zero'}. Name the share you want, for example "${verb} ${limit.name} to ${up.test(verb) ? '40' : '5'} %".`,
    );
  }
  return [
    up.test(verb)
      ? { ...limit, lower: wanted, upper: null }
      : { ...limit, lower: null, upper: wanted },
  ];
}
