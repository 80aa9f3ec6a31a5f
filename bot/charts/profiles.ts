import { assetClasses } from '../catalogue.ts';
import { formatDay, formatPercent } from '../language/format.ts';
import { classLabels, classOf, classRole } from './asset-label.ts';
import type { ChartSpec } from './spec.ts';
import { listed, simulatedSentence, subtitle } from './subtitle.ts';

export interface ProfilesInput {
  /** In the order they are drawn, e.g. Conservative, Balanced, Aggressive. */
  readonly profiles: readonly {
    /** As a person reads it: "Conservative". */
    readonly name: string;
    readonly weights: readonly { readonly asset: string; readonly weight: number }[];
  }[];
  readonly pricedOn: number;
  readonly simulated: boolean;
}

/** One bar per profile, cut by asset class: three doughnuts would be too small to compare on a phone. */
export function profilesChart(input: ProfilesInput): ChartSpec {
  const shares = classShares(input);
  return {
    kind: 'bars',
    stacked: true,
    title: 'Recommended, profile by profile',
    subtitle: subtitle(
      ['Share of value by kind', `prices of ${formatDay(input.pricedOn)}`],
      input.simulated,
    ),
    simulated: input.simulated,
    valueFormat: 'percent-short',
    labels: input.profiles.map((profile) => profile.name),
    series: shares.map(({ assetClass, values }) => ({
      name: classLabels[assetClass],
      role: classRole(assetClass),
      values,
    })),
  };
}

/** The same as a sentence. */
export function profilesAlt(input: ProfilesInput): string {
  const shares = classShares(input);
  const parts = input.profiles.map((profile, i) => {
    const classes = shares
      .filter(({ values }) => values[i] >= 0.0005)
      .map(
        ({ assetClass, values }) =>
          `${formatPercent(values[i])} ${classLabels[assetClass].toLowerCase()}`,
      );
    return `${profile.name} is ${listed(classes)}`;
  });
  return `Stacked bars of the recommended allocation by profile: ${parts.join('; ')}.${simulatedSentence(input.simulated)}`;
}

function classShares(input: ProfilesInput) {
  return assetClasses
    .map((assetClass) => ({
      assetClass,
      values: input.profiles.map((profile) =>
        profile.weights
          .filter((one) => classOf(one.asset) === assetClass)
          .reduce((sum, one) => sum + one.weight, 0),
      ),
    }))
    .filter(({ values }) => values.some((value) => value >= 0.0005));
}
