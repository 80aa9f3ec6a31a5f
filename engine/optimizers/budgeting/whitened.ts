/**
 * Losses seen through M^-1/2, M = C C': what turns the elimination of periods into a sum of squares. M is
 * diagonal with `own` on it, or for a chain own + L link L', L taking each period less the one before.
 */
export class Whitened {
  /** In: T positive numbers. */
  readonly own: Float64Array;
  /** In: T positive numbers, for a chain. */
  readonly link: Float64Array;
  /** C: its diagonal and what stands below it. */
  private readonly diagonal: Float64Array;
  private readonly below: Float64Array;
  private readonly losses: Float64Array;
  private readonly count: number;
  private readonly m: number;
  private readonly size: number;
  private readonly chained: boolean;
  /** T x size, row-major. */
  private readonly rows: Float64Array;

  constructor(losses: Float64Array, count: number, m: number, extra: number, chained: boolean) {
    this.losses = losses;
    this.count = count;
    this.m = m;
    this.size = m + extra;
    this.chained = chained;
    this.own = new Float64Array(count);
    this.link = new Float64Array(count);
    this.diagonal = new Float64Array(count);
    this.below = new Float64Array(count);
    this.rows = new Float64Array(count * this.size);
  }

  prepare(): void {
    const { losses, count, m, size, chained, rows, own, link, diagonal, below } = this;
    // What a period's pivot keeps beside its own link; as a sum of positive numbers it never cancels.
    let rest = 0;
    for (let t = 0; t < count; t++) {
      if (!chained) diagonal[t] = Math.sqrt(own[t]);
      else {
        const before = t > 0 ? link[t - 1] : 0;
        rest = own[t] + (t > 0 ? (before * rest) / (before + rest) : 0);
        diagonal[t] = Math.sqrt(link[t] + rest);
        below[t] = t > 0 ? -before / diagonal[t - 1] : 0;
      }
      const scale = 1 / diagonal[t];
      const to = t * size;
      for (let i = 0; i < m; i++) rows[to + i] = losses[t * m + i] * scale;
      // The extra number lowers every level.
      for (let i = m; i < size; i++) rows[to + i] = -scale;
      if (!chained || t === 0) continue;
      const share = below[t] * scale;
      for (let i = 0; i < size; i++) rows[to + i] -= share * rows[to - size + i];
    }
  }

  /** Adds rows'rows to a lower triangle. */
  addSquare(matrix: Float64Array, order: number): void {
    const { count, size, rows } = this;
    for (let t = 0; t < count; t++) {
      const from = t * size;
      for (let i = 0; i < size; i++) {
        const a = rows[from + i];
        const to = i * order;
        for (let j = 0; j <= i; j++) matrix[to + j] += a * rows[from + j];
      }
    }
  }

  /** C^-1 a, in place. */
  whiten(a: Float64Array): void {
    const { count, chained, diagonal, below } = this;
    for (let t = 0; t < count; t++) {
      if (chained && t > 0) a[t] -= below[t] * a[t - 1];
      a[t] /= diagonal[t];
    }
  }

  /** C^-T a, in place. */
  unwhiten(a: Float64Array): void {
    const { count, chained, diagonal, below } = this;
    for (let t = count - 1; t >= 0; t--) {
      if (chained && t + 1 < count) a[t] -= below[t + 1] * a[t + 1];
      a[t] /= diagonal[t];
    }
  }

  /** into = rows x. */
  times(x: Float64Array, into: Float64Array): void {
    const { count, size, rows } = this;
    for (let t = 0; t < count; t++) {
      let sum = 0;
      const from = t * size;
      for (let i = 0; i < size; i++) sum += rows[from + i] * x[i];
      into[t] = sum;
    }
  }

  /** into -= rows'a. */
  subtractFrom(a: Float64Array, into: Float64Array): void {
    const { count, size, rows } = this;
    for (let t = 0; t < count; t++) {
      const from = t * size;
      for (let i = 0; i < size; i++) into[i] -= a[t] * rows[from + i];
    }
  }
}
