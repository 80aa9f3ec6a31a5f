/**
 * Inner products of every pair of series: out = V V', lower triangle only.
 *
 * @param v size x count, one series after another
 * @param out size x size, row-major; only j <= i is written
 */
export function gram(v: Float64Array, size: number, count: number, out: Float64Array): void {
  let i = 0;
  for (; i + 1 < size; i += 2) {
    const a = i * count;
    const b = a + count;
    let j = 0;
    // Two by four at a time keeps the sums in registers and reads each series less often.
    for (; j + 3 <= i; j += 4) twoByFour(v, a, b, j * count, count, out, i * size + j, size);
    for (; j <= i + 1; j++) {
      const c = j * count;
      let first = 0;
      let second = 0;
      for (let t = 0; t < count; t++) {
        const z = v[c + t];
        first += v[a + t] * z;
        second += v[b + t] * z;
      }
      if (j <= i) out[i * size + j] = first;
      out[(i + 1) * size + j] = second;
    }
  }
  for (; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let t = 0; t < count; t++) sum += v[i * count + t] * v[j * count + t];
      out[i * size + j] = sum;
    }
  }
}

function twoByFour(
  v: Float64Array,
  a: number,
  b: number,
  c: number,
  count: number,
  out: Float64Array,
  at: number,
  size: number,
): void {
  let a0 = 0;
  let a1 = 0;
  let a2 = 0;
  let a3 = 0;
  let b0 = 0;
  let b1 = 0;
  let b2 = 0;
  let b3 = 0;
  const d = c + count;
  const e = d + count;
  const f = e + count;
  for (let t = 0; t < count; t++) {
    const x = v[a + t];
    const y = v[b + t];
    const p = v[c + t];
    const q = v[d + t];
    const r = v[e + t];
    const s = v[f + t];
    a0 += x * p;
    a1 += x * q;
    a2 += x * r;
    a3 += x * s;
    b0 += y * p;
    b1 += y * q;
    b2 += y * r;
    b3 += y * s;
  }
  out[at] = a0;
  out[at + 1] = a1;
  out[at + 2] = a2;
  out[at + 3] = a3;
  out[at + size] = b0;
  out[at + size + 1] = b1;
  out[at + size + 2] = b2;
  out[at + size + 3] = b3;
}
