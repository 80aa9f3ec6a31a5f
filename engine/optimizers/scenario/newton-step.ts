import type { InteriorState } from './interior-state.ts';

/** Solves for the Newton direction towards products of `target`. */
export function newtonStep(
  state: InteriorState,
  target: number,
  corrected: boolean,
  fresh: boolean,
): void {
  const { p, n, m, count, shape, x, r, u, s, system, step, right, slope } = state;
  const { tau, rho, damp, returns, corner, y, dy, rowAdd, rowMissing } = state;
  const k = shape.size;
  if (!p.drawdown) for (let t = 0; t < count; t++) rho[t] = -returns[t];
  shape.prepare(state.levels(), target, corrected);
  x.prepare(target, corrected);
  r.prepare(target, corrected);
  const { q, dq, compliance, residual, columns, missing } = shape;
  corner.fill(0);
  right.fill(0);
  for (let a = 0; a < k; a++) right[a] = -missing[a];
  const { v, diagonal, below } = system;
  if (p.drawdown) {
    u.prepare(target, corrected);
    s.prepare(target, corrected);
    // rho: what dq and du owe to residuals alone, through the levels' own barrier.
    for (let t = 0; t < count; t++) {
      const nextShare = t + 1 < count ? s.low[t + 1] : 0;
      const own = u.pull[t] - (q[t] - (s.low[t] - nextShare) - u.low[t]);
      rho[t] = own;
      damp[t] = 1 / (1 + compliance[t] * u.weight[t]);
      tau[t] = damp[t] * (compliance[t] * own + residual[t]);
    }
    for (let a = 0; a < k; a++) {
      let sum = 0;
      for (let t = 0; t < count; t++)
        sum += columns[a * count + t] * (rho[t] - u.weight[t] * tau[t]);
      right[a] += sum;
      for (let b = 0; b <= a; b++) {
        let both = 0;
        for (let t = 0; t < count; t++)
          both += columns[a * count + t] * columns[b * count + t] * u.weight[t] * damp[t];
        corner[a * k + b] = both;
      }
    }
    for (let t = count - 1; t >= 0; t--) {
      const chain = tau[t] - (t > 0 ? tau[t - 1] : 0);
      const gap = u.x[t] - (t > 0 ? u.x[t - 1] : 0) + returns[t] - s.x[t];
      tau[t] = s.pull[t] / s.weight[t] - gap - chain;
    }
    if (fresh) {
      for (let t = 0; t < count; t++) {
        diagonal[t] = 1 / s.weight[t];
        below[t] = compliance[t] * damp[t];
      }
      for (let a = 0; a < k; a++) {
        const from = a * count;
        for (let t = 0; t < count; t++)
          v[a * count + t] =
            damp[t] * columns[from + t] - (t > 0 ? damp[t - 1] * columns[from + t - 1] : 0);
      }
    }
  } else {
    for (let t = 0; t < count; t++) tau[t] = -residual[t];
    if (fresh) {
      diagonal.set(compliance);
      v.set(columns);
    }
  }
  if (p.shape === 'entropic') corner[3] += shape.slackWeight;
  if (fresh) {
    v.set(p.series, k * count);
    for (let c = 0; c < m; c++) rowAdd[c] = state.equal[c] === 1 ? 0 : 1 / r.weight[c];
    system.factor(p.drawdown, x.weight, corner, rowAdd, n);
  }
  system.whiten(tau, 0, p.drawdown);
  for (let j = 0; j < n + k; j++) {
    let sum = 0;
    const from = j * count;
    for (let t = 0; t < count; t++) sum += v[from + t] * tau[t];
    right[j] += sum;
  }
  for (let i = 0; i < n; i++) right[k + i] += x.pull[i] - slope[i];
  for (let c = 0; c < m; c++) {
    const priceGap = state.equal[c] === 1 ? 0 : -(y[c] - r.low[c] + r.high[c]) + r.pull[c];
    r.dx[c] = priceGap;
    dy[c] = rowMissing[c] + rowAdd[c] * priceGap;
  }
  step.set(right);
  system.solve(step, dy);
  for (let i = 0; i < n; i++) x.dx[i] = step[k + i];
  for (let c = 0; c < m; c++) r.dx[c] = (r.dx[c] - dy[c]) * rowAdd[c];
  for (let j = 0; j < n + k; j++) {
    const from = j * count;
    const move = step[j];
    for (let t = 0; t < count; t++) tau[t] -= v[from + t] * move;
  }
  system.unwhiten(tau, p.drawdown);
  x.complete();
  r.complete();
  if (p.drawdown) chainDirection(state);
  else dq.set(tau);
  shape.complete(step);
}

/** From the chain's multipliers (in tau) to levels, shares and slacks. */
function chainDirection(state: InteriorState): void {
  const { count, shape, u, s, tau, rho, damp, step } = state;
  const { compliance, residual, columns, dq } = shape;
  for (let t = 0; t < count; t++) {
    const own = tau[t] - (t + 1 < count ? tau[t + 1] : 0) + rho[t];
    let level = compliance[t] * own + residual[t];
    for (let a = 0; a < shape.size; a++) level += columns[a * count + t] * step[a];
    u.dx[t] = damp[t] * level;
    dq[t] = own - u.weight[t] * u.dx[t];
    s.dx[t] = (s.pull[t] - tau[t]) / s.weight[t];
  }
  u.complete();
  s.complete();
}
