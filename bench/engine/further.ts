import { furtherWorks } from './further-works.ts';
import { measured } from './measured.ts';
import { milliseconds } from './table.ts';

/** Measures the rest of the engine and prints a line for each. */
export function furtherBench(largest: number, seconds: number): void {
  console.log('\nThe engine alone, milliseconds: median, least, first call; what it proves.');
  for (const work of furtherWorks) {
    for (const n of work.sizes) {
      if (n > largest) continue;
      const data = work.data(n);
      const { timing, answer } = measured(
        () => work.ready(data),
        (run) => run(),
        seconds,
        200,
      );
      const numbers = [timing.median, timing.least, timing.first].map((value) =>
        milliseconds(value).padStart(9),
      );
      const proof = answer.residual === undefined ? '' : `  ${answer.residual.toExponential(0)}`;
      console.log(
        `${work.title.padEnd(36)} ${work.moments.padEnd(9)} ${String(n).padStart(5)}${numbers.join('')}${proof}`,
      );
    }
  }
}
