/** Milliseconds of a task's calls. */
export interface Timing {
  readonly median: number;
  /** What it takes when nobody else wants the processor. */
  readonly least: number;
  /** Of the very first call, whose code is not yet compiled to its best. */
  readonly first: number;
  readonly runs: number;
}

/** The middle one and the least; the mean of a middle two is not a time that anything took. */
export function timesOf(times: readonly number[]): Omit<Timing, 'first'> {
  const sorted = times.toSorted((a, b) => a - b);
  return { median: sorted[times.length >> 1], least: sorted[0], runs: times.length };
}

/** Until the code is compiled to its best. */
const warmUpMs = 500;

/**
 * Repeats a task: first apart for warming up, then counted.
 *
 * @param prepare makes what a call starts from, outside the clock
 * @param seconds of counted calls; at least three
 * @param warmUp milliseconds of calls that are not counted
 */
export function measured<Input, Answer>(
  prepare: () => Input,
  run: (input: Input) => Answer,
  seconds: number,
  warmUp = warmUpMs,
): { readonly timing: Timing; readonly answer: Answer } {
  const timed = () => {
    const input = prepare();
    const before = performance.now();
    const answer = run(input);
    return { took: performance.now() - before, answer };
  };
  const first = timed();
  let spent = first.took;
  for (let warm = 0; warm < 1000 && spent < warmUp; warm++) spent += timed().took;
  const times: number[] = [];
  spent = 0;
  let { answer } = first;
  while (times.length < 3 || (spent < 1000 * seconds && times.length < 500)) {
    const one = timed();
    answer = one.answer;
    times.push(one.took);
    spent += one.took;
  }
  return { timing: { ...timesOf(times), first: first.took }, answer };
}
