import { playCampaign } from './campaign.ts';

// Random problems under further limits, judged by the checker: node trials/limits/index.ts [count].
const count = Number(process.argv[2] ?? 10_000);
const played = playCampaign(1, count);
for (const failure of played.failures.slice(0, 20)) console.log(failure);
console.log(
  `${played.solved} solved (${played.bound} held by a further limit), ${played.refused} refused, ${played.failures.length} failures`,
);
console.log(
  `largest: limits broken by ${played.worst.infeasibility.toExponential(1)}, price of a loose limit ${played.worst.complementarity.toExponential(1)}, disagreement ${played.worst.stationarity.toExponential(1)}`,
);
process.exitCode = played.failures.length === 0 ? 0 : 1;
