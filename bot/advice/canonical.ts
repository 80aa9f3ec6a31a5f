import { createHash } from 'node:crypto';

/**
 * JSON whose bytes depend on the value alone: keys sorted, no white space. Doubles survive exactly,
 * because JavaScript prints the shortest text that reads back as the same bits; what JSON cannot
 * write (infinities, typed arrays, minus zero) is refused or tagged.
 */
export function canonical(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') {
    return JSON.stringify(value);
  }
  if (typeof value === 'number') {
    if (value === Infinity) return '{"$n":"inf"}';
    if (value === -Infinity) return '{"$n":"-inf"}';
    if (Object.is(value, -0)) return '{"$n":"-0"}';
    if (Number.isNaN(value)) throw new RangeError('A record cannot hold NaN.');
    return JSON.stringify(value);
  }
  if (value instanceof Float64Array) return `{"$f":${canonical([...value])}}`;
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object') {
    const entries = Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(',')}}`;
  }
  throw new RangeError(`A record cannot hold a ${typeof value}.`);
}

/** Reads what {@link canonical} wrote, typed arrays and all. */
export function fromCanonical(text: string): unknown {
  return JSON.parse(text, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value;
    if ('$f' in value) return Float64Array.from((value as { $f: number[] }).$f);
    if ('$n' in value) {
      const name = (value as { $n: string }).$n;
      return name === 'inf' ? Infinity : name === '-inf' ? -Infinity : -0;
    }
    return value;
  });
}

export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
