import type { Language } from '../language.ts';
import { Refused } from './verdict.ts';

/** Ways to say that somebody has to do something, made of words that are harmless one by one. */
const duties: Readonly<Record<Language, RegExp>> = {
  en: /(?<!\p{L})(?:(?:have|has|having|had|is|are|be|been|being|set|held|kept|stands?|put|you|for you) (?:now |just |simply |also |then |today )*to|to (?:be|have|hold|put|take|make|keep|leave|add|use|set|give|bring|carry|bear|raise|lift|lower|increase|reduce|grow|shrink|drop|stay|remain|stand|sit))(?!\p{L})/u,
  de: /(?<!\p{L})zu (?!den |einen |seinen |ihren |deinen |diesen |unseren |ganzen |gesamten )[a-zäöüß]+(?:en|ern|eln|ein)(?!\p{L})/u,
  fr: /(?<!\p{L})(?:à (?:être|faire|\p{Ll}+(?:er|ir|dre))|(?:est|sont) pour|faut que|vous faut|te faut)(?!\p{L})/u,
  es: /(?<!\p{L})(?:(?:ha|han|hay|tienes?) (?:de|que)|(?:es|son|está|están) para|(?:te|le) hace falta)(?!\p{L})/u,
  pt: /(?<!\p{L})(?:(?:tem|tens|têm|há) (?:de|que)|(?:é|são|está|estão) para)(?!\p{L})/u,
};

/** "SPY auf ... stellen und ... tragen.": a bare infinitive orders where no word sends it to the end. */
const INFINITIVE =
  /(?<!\p{L})(?:stellen|tragen|bringen|halten|machen|belassen|handeln|erhöhen|verringern)(?=\s*(?:[.,;:]|$|und ))/u;
const SENDS =
  /(?<!\p{L})(?:weil|da|dass|während|wobei|wenn|wie|als|würden?|könnten?|dürften?|wird|werden|hat|haben)(?!\p{L})|, (?:die|das|der|dem|den|was) /iu;

/**
 * Nobody is told what to do: "you have to hold", "está para".
 *
 * @throws {Refused}
 */
export function checkDuty(line: string, language: Language): void {
  // Only German tells its nouns by capitals.
  const found = duties[language].exec(language === 'de' ? line : line.toLowerCase());
  if (found !== null) throw new Refused('advice', found[0]);
  if (language !== 'de') return;
  const order = INFINITIVE.exec(line);
  if (order !== null && !SENDS.test(line.slice(0, order.index))) {
    throw new Refused('advice', order[0]);
  }
}
