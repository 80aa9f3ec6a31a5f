import { formatSignedPercent } from '../language/format.ts';
import type { ChartSpec } from './spec.ts';
import { simulatedSentence, subtitle } from './subtitle.ts';

export interface StressInput {
  readonly scenarios: readonly {
    /** "2008: the financial crisis". */
    readonly name: string;
    /** Change of value over the scenario as a fraction; null for somebody without holdings. */
    readonly today: number | null;
    readonly recommended: number;
  }[];
  readonly simulated: boolean;
}

/** What each scenario would have done to today's holdings and to the recommended ones. */
export function stressChart(input: StressInput): ChartSpec {
  const held = input.scenarios.some((scenario) => scenario.today !== null);
  return {
    kind: 'bars',
    title: 'Change of value',
    subtitle: subtitle(['Over each scenario', 'hypothetical'], input.simulated),
    simulated: input.simulated,
    valueFormat: 'percent-signed',
    labels: input.scenarios.map((scenario) => scenario.name),
    series: [
      ...(held
        ? [
            {
              name: 'Today',
              role: 'today' as const,
              values: input.scenarios.map((scenario) => scenario.today ?? 0),
            },
          ]
        : []),
      {
        name: 'Recommended',
        role: 'recommended' as const,
        values: input.scenarios.map((scenario) => scenario.recommended),
      },
    ],
  };
}

/** The same as a sentence. */
export function stressAlt(input: StressInput): string {
  const parts = input.scenarios.map((scenario) =>
    scenario.today === null
      ? `${scenario.name}, recommended ${formatSignedPercent(scenario.recommended)}`
      : `${scenario.name}, today ${formatSignedPercent(scenario.today)}, recommended ${formatSignedPercent(scenario.recommended)}`,
  );
  return `Bar chart of changes in value in hard times: ${parts.join('; ')}.${simulatedSentence(input.simulated)}`;
}
