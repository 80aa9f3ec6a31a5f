export { clusters } from './clusters.ts';
export { correlationDistance } from './correlation-distance.ts';
export { type Dendrogram, leafOrder } from './dendrogram.ts';
export { gapStatistic } from './gap-statistic.ts';
export { type Linkage, linkage } from './linkage.ts';
export { optimalLeafOrder, scipyLeafOrder } from './optimal-leaf-order.ts';
