import type { Language } from './language.ts';

/** Sentences that must be said as they stand. The model only says where; code writes them. */
export const mustIds = ['uncertainty', 'machine', 'simulated'] as const;
export type MustId = (typeof mustIds)[number];

const phrases: Readonly<Record<MustId, Readonly<Record<Language, string>>>> = {
  uncertainty: {
    en: 'Expected returns and swings are estimates with wide errors, not promises; you can lose money.',
    de: 'Erwartete Renditen und Schwankungen sind Schätzungen mit großen Fehlern, keine Versprechen; Verluste sind möglich.',
    fr: 'Les rendements attendus et les variations sont des estimations très incertaines, pas des promesses ; vous pouvez perdre de l’argent.',
    es: 'Las rentabilidades esperadas y las oscilaciones son estimaciones con mucho error, no promesas; se puede perder dinero.',
    pt: 'Os retornos esperados e as oscilações são estimativas com grande erro, não promessas; é possível perder dinheiro.',
  },
  machine: {
    en: 'A language model put this into words; every number was computed and filled in by the engine.',
    de: 'Ein Sprachmodell hat dies formuliert; jede Zahl wurde von der Rechenmaschine berechnet und eingesetzt.',
    fr: 'Un modèle de langage a rédigé ces phrases ; chaque nombre est calculé et inséré par le moteur.',
    es: 'Un modelo de lenguaje redactó estas frases; el motor calculó e insertó cada número.',
    pt: 'Um modelo de linguagem redigiu estas frases; cada número foi calculado e inserido pelo motor.',
  },
  simulated: {
    en: 'Prices are simulated.',
    de: 'Die Kurse sind simuliert.',
    fr: 'Les cours sont simulés.',
    es: 'Los precios son simulados.',
    pt: 'Os preços são simulados.',
  },
};

const headings: Readonly<Record<Language, string>> = {
  en: 'Why this mix',
  de: 'Warum diese Mischung',
  fr: 'Pourquoi ce mélange',
  es: 'Por qué esta mezcla',
  pt: 'Por que esta mistura',
};

/** The heading above reasons. */
export function headingOf(language: Language): string {
  return headings[language];
}

export function phraseOf(id: MustId, language: Language): string {
  return phrases[id][language];
}
