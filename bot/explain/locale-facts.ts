import { formatDay } from '../language/format.ts';
import type { Language } from './language.ts';
import type { Fact } from './statement.ts';

/**
 * Values as each language writes them. The digits are those of the English text, so no rounding can
 * differ; only separators, the place of the sign and the words of the unit change.
 */

interface Style {
  readonly decimal: string;
  readonly thousands: string;
  readonly points: string;
  readonly lessThan: string;
  readonly money: (amount: string) => string;
}

const styles: Readonly<Record<Exclude<Language, 'en'>, Style>> = {
  de: {
    decimal: ',',
    thousands: '.',
    points: 'Punkte',
    lessThan: 'weniger als',
    money: (amount) => `${amount} $`,
  },
  fr: {
    decimal: ',',
    thousands: ' ',
    points: 'points',
    lessThan: 'moins de',
    money: (amount) => `${amount} $`,
  },
  es: {
    decimal: ',',
    thousands: '.',
    points: 'puntos',
    lessThan: 'menos de',
    money: (amount) => `${amount} $`,
  },
  pt: {
    decimal: ',',
    thousands: '.',
    points: 'pontos',
    lessThan: 'menos de',
    money: (amount) => `US$ ${amount}`,
  },
};

const NUMBER = String.raw`[+-]?(?:\d{1,3}(?:,\d{3})*|\d+)(?:\.\d+)?`;
const SHAPE = new RegExp(`^(less than )?(-?)(\\$?)(${NUMBER})( %| points)?$`);

/**
 * A fact's text in a language.
 *
 * @throws {RangeError} for a text that is not a number with one of the known units
 */
export function localisedText(fact: Fact, language: Language): string {
  return localisedNumber(fact.text, language);
}

/** "$1,234.50" in German is "1.234,50 $". @throws {RangeError} for other shapes */
export function localisedNumber(text: string, language: Language): string {
  const match = SHAPE.exec(text);
  if (match === null) throw new RangeError(`Not a number with a known unit: ${text}.`);
  if (language === 'en') return text;
  const style = styles[language];
  const [, less, minus, dollar, english, unit] = match;
  const digits = english.replace(/[.,]/g, (mark) =>
    mark === '.' ? style.decimal : style.thousands,
  );
  const number = dollar === '' ? `${minus}${digits}` : `${minus}${style.money(digits)}`;
  const units: Readonly<Record<string, string>> = {
    ' %': ' %',
    ' points': ` ${style.points}`,
  };
  return `${less === undefined ? '' : `${style.lessThan} `}${number}${units[unit] ?? ''}`;
}

const monthNames: Readonly<Record<Exclude<Language, 'en'>, string>> = {
  de: 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember',
  fr: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre',
  es: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
  pt: 'janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro',
};

/** A UTC day number as a date: "1. Mai 2026", "1er mai 2026", "1 de mayo de 2026". */
export function localisedDay(day: number, language: Language): string {
  const english = formatDay(day);
  if (language === 'en') return english;
  const date = new Date(day * 86_400_000);
  const [dayOfMonth, year] = [date.getUTCDate(), date.getUTCFullYear()];
  const month = monthNames[language].split(' ')[date.getUTCMonth()];
  if (language === 'de') return `${dayOfMonth}. ${month} ${year}`;
  if (language === 'fr') return `${dayOfMonth === 1 ? '1er' : dayOfMonth} ${month} ${year}`;
  return `${dayOfMonth} de ${month} de ${year}`;
}
