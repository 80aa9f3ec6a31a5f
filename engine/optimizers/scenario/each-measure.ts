import type { ScenarioMeasure } from './measure.ts';
import {
  cdar,
  cvar,
  downside,
  edar,
  evar,
  mad,
  mdd,
  semideviation,
  ulcer,
  worst,
} from './measures.ts';

/** Every measure on scenarios, by name. */
const measuresByName = {
  cvar,
  cdar,
  evar,
  edar,
  mad,
  semideviation,
  downside,
  worst,
  ulcer,
  mdd,
} as const satisfies Record<string, ScenarioMeasure>;

type MeasureName = keyof typeof measuresByName;

/** The same made of every measure, by a prefix and its name. */
export function ofEachMeasure<Prefix extends string, Made>(
  prefix: Prefix,
  make: (measure: ScenarioMeasure) => Made,
): Readonly<Record<`${Prefix}${MeasureName}`, Made>> {
  const made = Object.entries(measuresByName).map(([name, one]) => [`${prefix}${name}`, make(one)]);
  return Object.fromEntries(made);
}
