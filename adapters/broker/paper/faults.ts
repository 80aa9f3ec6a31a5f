import type { Control, Fault } from './wire.ts';

export type Endpoint = Fault['on'];

/** What tests asked the broker to do wrong, and how often each endpoint was called. */
export function createFaults() {
  let rules: { rule: Fault; spare: number; left: number }[] = [];
  const halted = new Set<string | null>();
  const calls: Record<string, number> = {};
  let strictIds = false;

  function count(name: string): void {
    calls[name] = (calls[name] ?? 0) + 1;
  }

  /** The fault of this call, if one is due. */
  function take(endpoint: Endpoint): Fault['fault'] | null {
    count(endpoint);
    for (const each of rules) {
      if (each.rule.on !== endpoint || each.left === 0) continue;
      if (each.spare > 0) {
        each.spare--;
        continue;
      }
      each.left--;
      return each.rule.fault;
    }
    return null;
  }

  function apply(control: Exclude<Control, { do: 'release' }>): unknown {
    switch (control.do) {
      case 'fault':
        rules.push({ rule: control.rule, spare: control.rule.after, left: control.rule.times });
        return {};
      case 'clear':
        rules = [];
        halted.clear();
        strictIds = false;
        return {};
      case 'halt':
        if (control.halted) halted.add(control.asset);
        else halted.delete(control.asset);
        return {};
      case 'strict-ids':
        strictIds = control.strict;
        return {};
      case 'calls':
        return { calls };
    }
  }

  return {
    take,
    count,
    apply,
    isHalted: (asset: string) => halted.has(null) || halted.has(asset),
    strictIds: () => strictIds,
  };
}

export type Faults = ReturnType<typeof createFaults>;
