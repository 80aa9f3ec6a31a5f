import { lexicons } from './check/vocabularies.ts';
import type { Language } from './language.ts';
import type { PromptTemplates } from './model-port.ts';
import type { MustId } from './phrases.ts';
import { labelled } from './reword-labels.ts';
import type { Fact, Statement } from './statement.ts';
import { namesOf, subjectKey, tickersOf } from './subject-names.ts';

const languageNames: Readonly<Record<Language, string>> = {
  en: 'English',
  de: 'German',
  fr: 'French',
  es: 'Spanish',
  pt: 'Portuguese',
};

/** Subjects that sentences call "the mix" or "your risk limit". */
const UNNAMED: ReadonlySet<string> = new Set(['portfolio', 'target volatility', 'target return']);

/**
 * Whether every sentence has a rule and every subject a name of Keel's own. Symbols that people
 * declared themselves are words from outside: such sentences are never sent to a model.
 */
export function canBeReworded(statements: readonly Statement[]): boolean {
  return (
    statements.length > 0 &&
    statements.every(
      ({ claim, facts }) =>
        claim !== undefined &&
        facts.every(
          ({ subject }) => UNNAMED.has(subject) || namesOf(subjectKey(subject), 'de').length > 0,
        ),
    )
  );
}

/** The two messages of a rewording. No value, name, account or chat id is in them. */
export function promptFor(
  templates: PromptTemplates,
  statements: readonly Statement[],
  must: readonly MustId[],
  language: Language,
  pseudonym: string,
): { readonly system: string; readonly user: string } {
  const words = new Set(
    Object.values(lexicons[language].words).flatMap((forms) => forms.split(/\s+/)),
  );
  words.delete('');
  const lines = labelled(statements);
  const values: Readonly<Record<string, string>> = {
    language: languageNames[language],
    words: [...words].sort().join(' '),
    person: pseudonym.replace(/[^a-z0-9-]/gi, ''),
    sentences: lines.map(({ template }) => template).join('\n'),
    facts: lines
      .flatMap(({ label, statement }) =>
        statement.facts.map((fact) => describe(label, fact, language)),
      )
      .join('\n'),
    must: must.map((id) => `{{must:${id}}}`).join('\n') || 'none',
  };
  const fill = (template: string) =>
    template.replace(/<<([a-z]+)>>/g, (_, name: string) => {
      const value = values[name];
      if (value === undefined) throw new RangeError(`A prompt asks for an unknown "${name}".`);
      return value;
    });
  return { system: fill(templates.system), user: fill(templates.user) };
}

function describe(label: string, fact: Fact, language: Language): string {
  const names = [...namesOf(fact.subject, language), ...tickersOf(fact.subject)];
  const subject = names.length === 0 ? fact.subject : names.map((each) => `"${each}"`).join(' or ');
  const sign = fact.value < 0 ? 'a fall' : 'not a fall';
  return `${label}-${fact.id}: subject ${subject}; quantity ${fact.quantity}; unit ${fact.unit}; time ${fact.time}; sign ${sign}`;
}
