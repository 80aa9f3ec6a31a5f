/** The languages sentences can be said in; Keel itself speaks English. */
export const languages = ['en', 'de', 'fr', 'es', 'pt'] as const;
export type Language = (typeof languages)[number];

/** The language of a BCP 47 locale: "de-AT" is "de"; English for those Keel does not speak. */
export function languageOf(locale: string): Language {
  const primary = locale.toLowerCase().split(/[-_]/)[0];
  return languages.find((each) => each === primary) ?? 'en';
}
