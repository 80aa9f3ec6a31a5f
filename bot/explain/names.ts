import { type AssetClass, assetClasses, assetOf, CASH, classNames } from '../catalogue.ts';

/** How a symbol or class is called in a sentence: "US large companies (SPY)", "cash", "bonds". */
export function nameOf(subject: string): string {
  if (subject === CASH || subject === 'cash') return 'cash';
  if ((assetClasses as readonly string[]).includes(subject)) {
    return classNames[subject as AssetClass];
  }
  const asset = assetOf(subject);
  return asset === undefined ? subject : `${asset.name} (${asset.symbol})`;
}

/** With a capital, for the start of a sentence. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Whether the name takes a plural verb: "bonds rise", "gold rises". */
export function isPlural(subject: string): boolean {
  if (subject === CASH || subject === 'cash' || subject === 'crypto') return false;
  if ((assetClasses as readonly string[]).includes(subject)) return true;
  const name = assetOf(subject)?.name ?? '';
  return /(companies|Treasuries|bonds|bills|markets)( |$)/.test(name) && !/^(a|the) /.test(name);
}

/** The verb for a subject: verb('bonds', 'rises', 'rise') is "rise". */
export function verb(subject: string, singular: string, plural: string): string {
  return isPlural(subject) ? plural : singular;
}
