import { expect, test } from 'vitest';
import { formatMinor, formatPercent, formatPoints } from '../language/format.ts';
import { languageOf } from './language.ts';
import { localisedDay, localisedNumber } from './locale-facts.ts';

const all = (text: string) =>
  (['en', 'de', 'fr', 'es', 'pt'] as const).map((language) => localisedNumber(text, language));

test('a percentage keeps its digits and changes its mark', () => {
  expect(all(formatPercent(0.123))).toEqual(['12.3 %', '12,3 %', '12,3 %', '12,3 %', '12,3 %']);
  expect(localisedNumber(formatPercent(-12.345), 'de')).toBe('-1.234,5 %');
});

test('money stands where each language puts it', () => {
  expect(all(formatMinor(123_450n))).toEqual([
    '$1,234.50',
    '1.234,50 $',
    '1 234,50 $',
    '1.234,50 $',
    'US$ 1.234,50',
  ]);
  expect(localisedNumber(formatMinor(-300n), 'pt')).toBe('-US$ 3,00');
});

test('points and what is too little to show have words in every language', () => {
  expect(all(formatPoints(0.06))).toEqual([
    '+6.0 points',
    '+6,0 Punkte',
    '+6,0 points',
    '+6,0 puntos',
    '+6,0 pontos',
  ]);
  expect(all('less than 0.01 %')).toEqual([
    'less than 0.01 %',
    'weniger als 0,01 %',
    'moins de 0,01 %',
    'menos de 0,01 %',
    'menos de 0,01 %',
  ]);
});

test('dates are spelled out', () => {
  const day = Date.UTC(2026, 4, 1) / 86_400_000;
  expect(localisedDay(day, 'en')).toBe('1 May 2026');
  expect(localisedDay(day, 'de')).toBe('1. Mai 2026');
  expect(localisedDay(day, 'fr')).toBe('1er mai 2026');
  expect(localisedDay(day + 1, 'fr')).toBe('2 mai 2026');
  expect(localisedDay(day, 'es')).toBe('1 de mayo de 2026');
  expect(localisedDay(day, 'pt')).toBe('1 de maio de 2026');
});

test('what is not a number with a known unit is refused, never guessed', () => {
  for (const text of ['12.3', '1.2.3 %', 'about 3 %', '3 bananas', '']) {
    if (text === '12.3') expect(localisedNumber(text, 'de')).toBe('12,3');
    else expect(() => localisedNumber(text, 'de')).toThrow(RangeError);
  }
});

test('a locale names a language Keel speaks, or English', () => {
  expect(['de-AT', 'pt_BR', 'FR', 'es-419', 'en-GB', 'ja', ''].map(languageOf)).toEqual([
    'de',
    'pt',
    'fr',
    'es',
    'en',
    'en',
    'en',
  ]);
});
