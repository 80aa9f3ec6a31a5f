/** The independent cross-check: arrays count from 1. */
declare module 'quadprog' {
  interface Answer {
    readonly solution: readonly number[];
    readonly value: readonly number[];
    /** Empty when it was solved. */
    readonly message: string;
  }
  const quadprog: {
    solveQP(
      quadratic: number[][],
      linear: number[],
      constraints: number[][],
      bounds: number[],
      equalities: number,
    ): Answer;
  };
  export default quadprog;
}
