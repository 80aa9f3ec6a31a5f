import type { Linkage } from '../../clustering/linkage.ts';
import type { ScenarioMeasure } from '../scenario/measure.ts';

/** What a cluster's risk is measured by; a scenario measure or a function of a series needs `scenarios`. */
export type ClusterMeasure = 'variance' | 'standard-deviation' | ScenarioMeasure | SeriesRisk;

/** Risk of a portfolio from its returns per period in order of time; positive, more is worse. */
export type SeriesRisk = (returns: Float64Array) => number;

/** How the tree of assets is grown and read. */
export interface HierarchicalSettings {
  /** 'single' when absent, as in the original papers; 'ward' gives more even clusters. */
  readonly linkage?: Linkage;
  /**
   * Order of the leaves: 'tree' (when absent) as the joins come, 'optimal' with near leaves beside each
   * other, 'scipy' for the order that skfolio and Riskfolio-Lib take for it, or n indices, a permutation.
   */
  readonly order?: 'tree' | 'optimal' | 'scipy' | Int32Array;
  /** n x n distances; from the correlations of the problem's covariance when absent. */
  readonly distance?: Float64Array;
  /** 'variance' when absent. */
  readonly risk?: ClusterMeasure;
  /** Number of clusters; by the gap statistic when absent. */
  readonly clusters?: number;
}
