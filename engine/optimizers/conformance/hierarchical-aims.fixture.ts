import { bisectionOrder } from '../hierarchical/asset-tree.ts';
import { hierarchicalRiskParity } from '../hierarchical/hierarchical-risk-parity.ts';
import { schur } from '../hierarchical/schur.ts';
import type { HierarchicalSettings } from '../hierarchical/settings.ts';
import type { Allocation, Problem } from '../problem.ts';
import type { Aim } from './aim.fixture.ts';
import { reordered } from './random-problem.fixture.ts';

/** Solves in another order of assets over the same leaves from left to right. */
function sameLeaves(
  solve: (p: Problem, settings: Pick<HierarchicalSettings, 'order'>) => Allocation,
) {
  return (p: Problem, order: readonly number[]): Allocation => {
    const n = p.assets.length;
    const risky = Int32Array.from(
      order.filter((i) => p.covariance[i * n + i] > 0).sort((a, b) => a - b),
    );
    const leaves = [...bisectionOrder(p, risky, {})];
    const rest = order.filter((i) => !leaves.includes(i));
    const there = Int32Array.from([...leaves, ...rest], (i) => order.indexOf(i));
    return solve(reordered(p, order), { order: there });
  };
}

/** Methods that read a tree; that they follow their rule is for their own tests. */
export const hierarchicalAims = {
  'hierarchical-risk-parity': { reordered: sameLeaves(hierarchicalRiskParity) },
  'hierarchical-equal-risk': {},
  'nested-clusters': {},
  schur: { reordered: sameLeaves(schur), singular: 'not-psd' },
} as const satisfies Record<string, Aim>;
