import type { LimitSign } from './limit-signs.ts';

/** The parts of a sentence that a shape set apart, in their order. */
export type Parts = readonly (readonly LimitSign[])[];

const expression = '((?:XS)?N(?:[PMA](?:XS)?N)*)';
const value = '(M?[VX])';

/**
 * A shape in the letters of the signs, with `e` for assets added up and `v` for a value:
 * "eLv" is "stocks at most 60 %".
 */
export function shape(pattern: string): RegExp {
  const body = pattern.replace(/[ev]/g, (letter) => (letter === 'e' ? expression : value));
  return new RegExp(`^(?:${body})$`, 'd');
}

/** The parts of a sentence that has this shape; null when it has another. */
export function partsOf(pattern: RegExp, signs: readonly LimitSign[]): Parts | null {
  const match = pattern.exec(signs.map(({ sign }) => sign).join(''));
  const places = match?.indices?.slice(1).filter((place) => place !== undefined);
  return places?.map(([start, end]) => signs.slice(start, end)) ?? null;
}
