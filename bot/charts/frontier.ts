import { formatDay, formatPercent } from '../language/format.ts';
import type { ChartRole, ChartSeries, ChartSpec } from './spec.ts';
import { simulatedSentence, subtitle } from './subtitle.ts';

/** A portfolio by its risk and expected return, both fractions per year. */
export interface RiskReturn {
  readonly volatility: number;
  readonly expectedReturn: number;
}

export interface FrontierInput {
  /** From the least volatility up. */
  readonly curve: readonly RiskReturn[];
  readonly today: RiskReturn;
  readonly recommended: RiskReturn;
  /** Most volatility that the profile allows: the curve goes on, but not for this person. */
  readonly riskLimit: number;
  /** Other portfolios with their names: the least volatility, single assets. */
  readonly others: readonly (RiskReturn & { readonly name: string })[];
  readonly pricedOn: number;
  readonly simulated: boolean;
}

/** The best return for each risk within a person's limits, with today's mix and the recommended one. */
export function frontierChart(input: FrontierInput): ChartSpec {
  const edge = atVolatility(input.curve, input.riskLimit);
  const met = edge === null ? [] : [edge];
  const within = [...input.curve.filter((one) => one.volatility < input.riskLimit), ...met];
  const beyond = [...met, ...input.curve.filter((one) => one.volatility > input.riskLimit)];
  return {
    ...riskReturn(input, 'Best return for each level of risk'),
    series: [
      placed('Best mixes for you', 'benchmark', within),
      ...(beyond.length < 2 ? [] : [placed('Beyond your risk limit', 'loss', beyond)]),
      named('Today', 'today', [{ ...input.today, name: 'Today' }]),
      named('Recommended', 'recommended', [{ ...input.recommended, name: 'Recommended' }]),
      ...(input.others.length === 0 ? [] : [named('For comparison', 'gain', input.others)]),
    ],
  };
}

/** The best mix at a volatility, between two that are known; null where the curve does not reach it. */
export function atVolatility(curve: readonly RiskReturn[], volatility: number): RiskReturn | null {
  const next = curve.findIndex((one) => one.volatility >= volatility);
  if (next < 0 || (next === 0 && curve[0].volatility > volatility)) return null;
  if (next === 0) return curve[0];
  const [a, b] = [curve[next - 1], curve[next]];
  const share = (volatility - a.volatility) / (b.volatility - a.volatility);
  return {
    volatility,
    expectedReturn: a.expectedReturn + share * (b.expectedReturn - a.expectedReturn),
  };
}

/** The same as a sentence. */
export function frontierAlt(input: FrontierInput): string {
  const [first, last] = [input.curve[0], input.curve[input.curve.length - 1]];
  const points = [
    { ...input.today, name: 'today' },
    { ...input.recommended, name: 'recommended' },
    ...input.others,
  ];
  return `Chart of volatility and expected return a year. The best mixes run from ${pair(first)} to ${pair(last)}. ${listOf(points)}.${simulatedSentence(input.simulated)}`;
}

export interface MethodsInput {
  readonly methods: readonly (RiskReturn & { readonly name: string; readonly chosen: boolean })[];
  readonly today: RiskReturn;
  readonly pricedOn: number;
  readonly simulated: boolean;
}

/** Several ways to choose a mix, by the risk and return they come to. */
export function methodsChart(input: MethodsInput): ChartSpec {
  const chosen = input.methods.filter((one) => one.chosen);
  const rest = input.methods.filter((one) => !one.chosen);
  return {
    ...riskReturn(input, 'Risk and return of each way'),
    series: [
      named('Your way', 'recommended', chosen),
      named('Today', 'today', [{ ...input.today, name: 'Today' }]),
      named('Other ways', 'gain', rest),
    ].filter(({ values }) => values.length > 0),
  };
}

/** The same as a sentence. */
export function methodsAlt(input: MethodsInput): string {
  return `Chart of volatility and expected return a year: ${listOf([{ ...input.today, name: 'today' }, ...input.methods])}.${simulatedSentence(input.simulated)}`;
}

function riskReturn(
  input: { readonly pricedOn: number; readonly simulated: boolean },
  title: string,
): Omit<ChartSpec, 'series'> {
  return {
    kind: 'points',
    title,
    subtitle: subtitle(
      ['Estimates for one year', `prices of ${formatDay(input.pricedOn)}`],
      input.simulated,
    ),
    simulated: input.simulated,
    valueFormat: 'percent',
    axes: { x: 'Volatility a year', y: 'Expected return a year', xFormat: 'percent' },
    labels: [],
  };
}

function placed(name: string, role: ChartRole, points: readonly RiskReturn[]): ChartSeries {
  return {
    name,
    role,
    at: points.map(({ volatility }) => volatility),
    values: points.map(({ expectedReturn }) => expectedReturn),
  };
}

function named(
  name: string,
  role: ChartRole,
  points: readonly (RiskReturn & { readonly name: string })[],
): ChartSeries {
  return { ...placed(name, role, points), names: points.map((one) => one.name) };
}

function pair({ volatility, expectedReturn }: RiskReturn): string {
  return `${formatPercent(expectedReturn)} at ${formatPercent(volatility)} volatility`;
}

function listOf(points: readonly (RiskReturn & { readonly name: string })[]): string {
  return points.map((one) => `${one.name} ${pair(one)}`).join('; ');
}
