import { load } from '../report.ts';
import { checkRun } from './clients-check.ts';
import { fundMoments } from './clients-moments.ts';
import { openCrew } from './clients-run.ts';

/** Microseconds a client of OSQP's C solver, updated and warm-started, at 1e-6 without costs. */
const published = 93;

/** Clients by the million on two workers, in short; bench/engine/clients.ts tells more. */
export async function clientsBench(quick: boolean): Promise<boolean> {
  const { moments, origin } = fundMoments();
  const crew = await openCrew(moments, 2);
  console.log(`\nClients, each with limits, costs and present weights of their own; ${origin}.`);
  let fine = true;
  for (const count of quick ? [10_000] : [10_000, 100_000, 1_000_000]) {
    const run = await crew.run(1, count);
    const each = (run.seconds * 2e6) / count;
    const memory = (run.resident / 1024 ** 2).toFixed(0);
    console.log(
      `${String(count).padStart(9)} clients ${run.seconds.toFixed(2).padStart(7)} s, ${each.toFixed(1)} us a client and core (OSQP, published: ${published}, ${(published / each).toFixed(1)} times as fast), worst residual ${run.worst.toExponential(1)}, ${memory} MB`,
    );
    const { passed, report } = checkRun(moments, 1, run);
    if (!passed) console.log(report);
    fine &&= passed;
  }
  await crew.close();
  console.log(
    `${fine ? 'Checked apart from the solver.' : 'NOT ALL OF IT HOLDS.'} Load ${load()}.`,
  );
  return fine;
}
