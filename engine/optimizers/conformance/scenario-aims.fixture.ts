import { EngineError } from '../../errors.ts';
import { minimumVariance } from '../minimum-variance.ts';
import type { Problem } from '../problem.ts';
import { type ScenarioMethod, scenarioMeasures, scenarioOptimizers } from '../scenario/index.ts';
import { type Aim, gross, net } from './aim.fixture.ts';
import { byDefinition } from './scenario-measures.fixture.ts';

type Measure = keyof typeof scenarioMeasures;

const measures = Object.keys(scenarioMeasures) as Measure[];

/** A target of risk that some portfolio keeps: a little above that of the least variance. */
function withTargetRisk(measure: Measure): (p: Problem) => Problem {
  return (p) => {
    try {
      const { weights } = minimumVariance(p);
      const risk = byDefinition(measure, p, weights);
      return { ...p, targetRisk: risk + 0.05 * Math.abs(risk) + 1e-5 };
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      // The limits conflict, whatever the target.
      return { ...p, targetRisk: 0.01 };
    }
  };
}

/** What each kind of method on scenarios claims, by how its name begins. */
const kinds: readonly (readonly [string, (measure: Measure) => Aim])[] = [
  ['minimum-', (measure) => ({ score: (p, w) => -byDefinition(measure, p, w) })],
  [
    'maximum-return-to-',
    (measure) => ({
      score: (p, w) => (net(p, w) - p.riskFree) / byDefinition(measure, p, w),
      refusals: ['no-excess-return', 'zero-variance'],
      // A ratio forgets a cost that is paid, so it may trade on.
      restless: true,
    }),
  ],
  [
    'target-return-',
    (measure) => ({
      score: (p, w) => -byDefinition(measure, p, w),
      allowed: (p, w) => gross(p, w) >= p.targetReturn!,
    }),
  ],
  [
    'target-',
    (measure) => ({
      score: net,
      // Sums in another order differ by rounding.
      allowed: (p, w) => byDefinition(measure, p, w) <= p.targetRisk! * (1 + 1e-9) + 1e-12,
      posed: withTargetRisk(measure),
    }),
  ],
];

function aimOf(method: string): Aim {
  for (const [begin, aim] of kinds) {
    const measure = measures.find((name) => method === `${begin}${name}`);
    if (measure !== undefined) return { ...aim(measure), share: 1 / 24 };
  }
  throw new Error(`Say in scenario-aims.fixture.ts what ${method} claims.`);
}

/** Methods on scenarios: four for each measure. */
export const scenarioAims = Object.fromEntries(
  Object.keys(scenarioOptimizers).map((method) => [method, aimOf(method)]),
) as Readonly<Record<ScenarioMethod, Aim>>;
