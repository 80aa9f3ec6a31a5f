import { checkRun } from './clients-check.ts';
import { fundMoments } from './clients-moments.ts';
import { openCrew } from './clients-run.ts';

/** Microseconds a client of OSQP's C solver, updated and warm-started, at 1e-6 without costs. */
const published = 93;

/** Clients by the million on two workers, in short; bench/engine/clients.ts tells more. */
export async function clientsBench(
  quick: boolean,
): Promise<{ readonly fine: boolean; readonly lines: readonly string[] }> {
  const { moments, origin } = fundMoments();
  const crew = await openCrew(moments, 2);
  // Compiles the solver in both workers.
  await crew.run(2, 20_000);
  const lines = [
    `Clients on two worker threads, each with limits, costs and present weights of their own (${origin}):`,
    '',
    '| clients | seconds | microseconds a client and core | times as fast as OSQP, published | worst residual | memory MB |',
    '| ---: | ---: | ---: | ---: | ---: | ---: |',
  ];
  let fine = true;
  for (const count of quick ? [10_000] : [10_000, 100_000, 1_000_000]) {
    const run = await crew.run(1, count);
    const each = (run.seconds * 2e6) / count;
    const cells = [
      count.toLocaleString('en-US'),
      run.seconds.toFixed(2),
      each.toFixed(1),
      (published / each).toFixed(1),
      run.worst.toExponential(0),
      (run.resident / 1024 ** 2).toFixed(0),
    ];
    lines.push(`| ${cells.join(' | ')} |`);
    const { passed, report } = checkRun(moments, 1, run);
    if (!passed) console.log(report);
    fine &&= passed;
  }
  await crew.close();
  return { fine, lines };
}
