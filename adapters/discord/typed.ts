import type { Timer } from '../timer.ts';
import { choices } from './limits.ts';

type Values = Readonly<Record<string, string>>;

/** What people typed into forms that had mistakes, so that nothing is typed twice. */
export function createTyped(timer: Timer) {
  const kept = new Map<string, { readonly values: Values; readonly until: number }>();
  const nameOf = (person: string, token: string) => `${person} ${token}`;

  return {
    keep(person: string, token: string, values: Values): void {
      const name = nameOf(person, token);
      kept.delete(name);
      for (const [oldest, { until }] of kept) {
        if (kept.size < choices.typedForms && until > timer.now()) break;
        kept.delete(oldest);
      }
      kept.set(name, { values, until: timer.now() + choices.typedMs });
    },
    of(person: string, token: string): Values {
      const found = kept.get(nameOf(person, token));
      return found !== undefined && found.until > timer.now() ? found.values : {};
    },
    forget(person: string, token: string): void {
      kept.delete(nameOf(person, token));
    },
    size: () => kept.size,
  };
}

export type Typed = ReturnType<typeof createTyped>;
