/** A seeded source of numbers: the same seed gives the same sequence on every machine. */
export interface RandomSource {
  /** Uniform in [0, 1), 53 bits. */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Uniform integer in [0, below). */
  integer(below: number): number;
}

/**
 * The generator sfc32 (small fast counting, 128 bits of state), seeded through splitmix32 and
 * warmed up; normals by the polar method, which needs only logarithm and square root.
 *
 * @param seed any integer; only its low 32 bits count
 * @source Doty-Humphrey, PractRand (sfc32); Marsaglia and Bray (1964), the polar method
 */
export function randomSource(seed: number): RandomSource {
  let mix = seed | 0;
  const next32 = (): number => {
    mix = (mix + 0x9e3779b9) | 0;
    let z = mix ^ (mix >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return (z ^ (z >>> 15)) | 0;
  };
  let a = next32();
  let b = next32();
  let c = next32();
  let counter = 1;
  const bits = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 15; i++) bits();

  const uniform = (): number => ((bits() >>> 5) * 67_108_864 + (bits() >>> 6)) / 2 ** 53;
  let spare = Number.NaN;
  const normal = (): number => {
    if (!Number.isNaN(spare)) {
      const value = spare;
      spare = Number.NaN;
      return value;
    }
    let u = 0;
    let v = 0;
    let s = 0;
    do {
      u = 2 * uniform() - 1;
      v = 2 * uniform() - 1;
      s = u * u + v * v;
    } while (s >= 1 || s === 0);
    const scale = Math.sqrt((-2 * Math.log(s)) / s);
    spare = v * scale;
    return u * scale;
  };
  return { uniform, normal, integer: (below) => Math.floor(uniform() * below) };
}
