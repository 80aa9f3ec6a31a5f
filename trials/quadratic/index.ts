import { parseArgs } from 'node:util';
import { playCampaign } from './campaign.ts';

/**
 * Random quadratic programs (2 to 200 variables: degenerate, near-singular, infeasible by design),
 * each answer and refusal judged by an independent checker.
 */
const { values } = parseArgs({
  options: { count: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
});
const count = Number(values.count);
const seed = Number(values.seed);
if (!Number.isInteger(count) || count < 1 || !Number.isInteger(seed)) {
  console.error('--count is a whole number from 1, --seed a whole number.');
  process.exit(1);
}
const started = performance.now();
const result = playCampaign(seed, count);
const seconds = (performance.now() - started) / 1000;
const { worst } = result;
for (const [family, posed] of [...result.byFamily].sort()) console.log(`${family}: ${posed}`);
console.log(
  `${count} programs from seed ${seed} in ${seconds.toFixed(1)} s: ${result.solved} solved, ${result.refused} proved infeasible, ${result.unbounded} unbounded; ${result.againstQuadprog} also by quadprog (which called ${result.quadprogGaveUp} more inconsistent), ${result.warm} also from a warm start.`,
);
console.log(
  `Worst, relative: duality gap ${worst.gap.toExponential(1)}, infeasibility ${worst.infeasibility.toExponential(1)}, stationarity ${worst.stationarity.toExponential(1)}, warm against cold ${worst.warm.toExponential(1)}; against quadprog ${worst.quadprog.toExponential(1)}.`,
);
for (const failure of result.failures.slice(0, 40)) console.log(failure);
console.log(result.failures.length === 0 ? 'All held.' : `${result.failures.length} did not hold.`);
if (result.failures.length > 0) process.exitCode = 1;
