import { blackLitterman, idzorekViewVariance } from '../../engine/views/black-litterman.ts';
import { CASH, marketShareOf } from '../catalogue.ts';
import { capitalised, nameOf, verb } from '../explain/names.ts';
import { formatPercent } from '../language/format.ts';
import type { OwnView, Subject } from '../wishes.ts';
import { counts } from './own-limits.ts';
import type { Moments } from './plan.ts';

/** Customary uncertainty of prior means, as a share of the covariance; a confidence does not hang on it. */
const TAU = 0.05;

export interface Viewed {
  readonly moments: Moments;
  /** What the views did, or why one could not be used, in whole sentences. */
  readonly remarks: readonly string[];
}

/**
 * Expected returns with a person's views weighed in by how sure they are (Black-Litterman, confidence
 * after Idzorek). Covariances stay as estimated.
 */
export function withViews(moments: Moments, views: readonly OwnView[]): Viewed {
  if (views.length === 0) return { moments, remarks: [] };
  const { assets, covariance, expectedReturns } = moments;
  const settings = { prior: expectedReturns, covariance, tau: TAU };
  const remarks: string[] = [];
  const used = views.flatMap((view) => {
    const missing = view.terms.find(({ of }) => !assets.some((asset) => counts(of, asset)));
    if (missing !== undefined) {
      remarks.push(
        `Your view on ${said(missing.of)} is not used: I do not choose from it at present.`,
      );
      return [];
    }
    const coefficients = coefficientsOf(assets, view);
    const variance = idzorekViewVariance(coefficients, settings, view.confidence);
    return [{ coefficients, value: view.annualReturn, variance }];
  });
  if (used.length === 0) return { moments, remarks };
  const posterior = blackLitterman(settings, used).expectedReturns;
  const moved = assets
    .map((asset, i) => ({ asset, from: expectedReturns[i], to: posterior[i] }))
    .sort((a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from))
    .filter(({ from, to }) => Math.abs(to - from) >= 0.0005)
    .slice(0, 2)
    .map(
      ({ asset, from, to }) =>
        `${nameOf(asset)} from ${formatPercent(from)} to ${formatPercent(to)} a year`,
    );
  if (moved.length > 0) {
    remarks.push(
      `Your views move what I expect of returns, most of all of ${moved.join(' and ')}.`,
    );
  }
  return { moments: { ...moments, expectedReturns: posterior }, remarks };
}

/** One number an asset; a class counts by its parts' shares of the world market. */
function coefficientsOf(assets: readonly string[], { terms }: OwnView): Float64Array {
  const coefficients = new Float64Array(assets.length);
  for (const { of, factor } of terms) {
    const shares = assets.map((asset) => (counts(of, asset) ? shareOf(of, asset) : 0));
    const whole = shares.reduce((sum, share) => sum + share, 0);
    shares.forEach((share, i) => {
      coefficients[i] += (factor * share) / whole;
    });
  }
  return coefficients;
}

function shareOf(subject: Subject, asset: string): number {
  // Even one without a share of its own has a say in its class.
  return subject.kind === 'asset' ? 1 : Math.max(marketShareOf(asset), 0.1);
}

function said(subject: Subject): string {
  if (subject.kind === 'class') return subject.name === 'cash' ? 'cash' : nameOf(subject.name);
  return subject.symbol === CASH ? 'cash' : nameOf(subject.symbol);
}

/** "Gold (GLD) earns 5.0 % a year", as it was understood, and how far it moves the estimate. */
export function viewInWords({ terms, annualReturn, confidence }: OwnView): string {
  const [first, second] = terms.map(({ of }) => said(of));
  const [subject] = terms;
  const size = formatPercent(Math.abs(annualReturn));
  const does = (singular: string, plural: string) =>
    verb(subject.of.kind === 'class' ? subject.of.name : subject.of.symbol, singular, plural);
  const body =
    second === undefined
      ? `${first} ${annualReturn < 0 ? does('loses', 'lose') : does('earns', 'earn')} ${size} a year`
      : annualReturn === 0
        ? `${first} ${does('does', 'do')} no better and no worse than ${second}`
        : `${first} ${annualReturn < 0 ? does('lags', 'lag') : does('beats', 'beat')} ${second} by ${size} a year`;
  return `${capitalised(body)}; I go ${formatPercent(confidence)} of the way from my estimate to yours`;
}
