/**
 * Solves a small square system in place by elimination with row exchanges. A pivot of 0 leaves its
 * unknown at 0.
 *
 * @param a k x k, row-major, overwritten
 * @param b k numbers; becomes the solution
 */
export function solveSmall(a: Float64Array, b: Float64Array): void {
  const k = b.length;
  for (let c = 0; c < k; c++) {
    let best = c;
    for (let r = c + 1; r < k; r++)
      if (Math.abs(a[r * k + c]) > Math.abs(a[best * k + c])) best = r;
    if (best !== c) {
      for (let j = 0; j < k; j++) {
        const kept = a[c * k + j];
        a[c * k + j] = a[best * k + j];
        a[best * k + j] = kept;
      }
      const kept = b[c];
      b[c] = b[best];
      b[best] = kept;
    }
    const pivot = a[c * k + c];
    if (pivot === 0) continue;
    for (let r = c + 1; r < k; r++) {
      const share = a[r * k + c] / pivot;
      if (share === 0) continue;
      for (let j = c; j < k; j++) a[r * k + j] -= share * a[c * k + j];
      b[r] -= share * b[c];
    }
  }
  for (let r = k - 1; r >= 0; r--) {
    let sum = b[r];
    for (let j = r + 1; j < k; j++) sum -= a[r * k + j] * b[j];
    b[r] = a[r * k + r] === 0 ? 0 : sum / a[r * k + r];
  }
}
