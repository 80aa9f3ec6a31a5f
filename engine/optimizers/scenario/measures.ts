import type { ScenarioMeasure } from './measure.ts';

/** @source Rockafellar and Uryasev (2002) */
export const cvar: ScenarioMeasure = {
  name: 'cvar',
  label: 'conditional value at risk',
  path: 'loss',
  shape: 'tail',
};

/** @source Chekhlov, Uryasev and Zabarankin (2005) */
export const cdar: ScenarioMeasure = {
  name: 'cdar',
  label: 'conditional drawdown at risk',
  path: 'drawdown',
  shape: 'tail',
};

/** @source Ahmadi-Javid (2012) */
export const evar: ScenarioMeasure = {
  name: 'evar',
  label: 'entropic value at risk',
  path: 'loss',
  shape: 'entropic',
};

/** @source Cajas (2021) */
export const edar: ScenarioMeasure = {
  name: 'edar',
  label: 'entropic drawdown at risk',
  path: 'drawdown',
  shape: 'entropic',
};

/** @source Konno and Yamazaki (1991) */
export const mad: ScenarioMeasure = {
  name: 'mad',
  label: 'mean absolute deviation',
  path: 'deviation',
  shape: 'mean-excess',
  // What lies above the mean equals what lies below it.
  factor: () => 2,
};

/** @source Markowitz (1959), chapter 9; over n - 1 periods as engine/measures/semideviation.ts */
export const semideviation: ScenarioMeasure = {
  name: 'semideviation',
  label: 'semideviation',
  path: 'deviation',
  shape: 'root-mean-square',
  factor: (probabilities) => {
    let squares = 0;
    for (const p of probabilities) squares += p * p;
    return 1 / Math.sqrt(1 - squares);
  },
};

/** Root of the mean squared loss: the semideviation below a return of 0. @source Sortino (1994) */
export const downside: ScenarioMeasure = {
  name: 'downside',
  label: 'downside deviation',
  path: 'loss',
  shape: 'root-mean-square',
};

/** @source Young (1998) */
export const worst: ScenarioMeasure = {
  name: 'worst',
  label: 'worst loss',
  path: 'loss',
  shape: 'worst',
};

/** @source Martin and McCann (1989) */
export const ulcer: ScenarioMeasure = {
  name: 'ulcer',
  label: 'ulcer index',
  path: 'drawdown',
  shape: 'root-mean-square',
};

/** @source Chekhlov, Uryasev and Zabarankin (2005) */
export const mdd: ScenarioMeasure = {
  name: 'mdd',
  label: 'maximum drawdown',
  path: 'drawdown',
  shape: 'worst',
};
