import type { VoidReason } from './verdict.ts';

/**
 * Names the reason why a word outside the vocabulary voids a rewording. It decides nothing: every
 * word that is not in the vocabulary is refused; this only says to the record what kind it was.
 */
export function wordReason(word: string): VoidReason {
  const lower = word.toLowerCase();
  if (numberWord.test(lower) || /[一二三四五六七八九十百千万半零两]/u.test(word))
    return 'number-word';
  if (promise.test(lower)) return 'promise';
  if (advice.test(lower)) return 'advice';
  if (negation.has(lower)) return 'negation';
  if (direction.test(lower)) return 'direction';
  if (/^[A-Z]{2,}$/.test(word)) return 'foreign-name';
  return 'unknown-word';
}

const numberWord = new RegExp(
  `^(?:${[
    'zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\\w+teen|twenty|thirty|fort?y|fifty',
    'sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|dozens?|half|halves|halved|quarters?|thirds?',
    'fifths?|tenths?|twice|thrice|once|doubles?|doubled|triples?|tripled|couple|pair|score|single|both|second|third',
    'null|eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|\\w*zig|\\w*hundert|\\w*tausend',
    'million\\w*|dutzend\\w*|halb\\w*|hälfte|viertel|drittel|doppelt\\w*|verdoppel\\w*|dreifach\\w*|zweimal|beide\\w*',
    'zéro|deux|trois|quatre|cinq|sept|huit|neuf|dix|onze|douze|quinze|vingt\\w*|trente|quarante|cinquante|soixante',
    'cent|cents|mille|douzaines?|dizaines?|moitié|demi\\w*|tiers|quart|quarts|doubl\\w*|tripl\\w*',
    'cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|veint\\w*|treinta|cuarenta|cincuenta',
    'sesenta|ciento|cien|mil|millón|millones|docenas?|mitad|medio|media|tercio|cuarto|cuartos|doble\\w*|triple',
    'dois|duas|três|quatro|sete|oito|nove|dez|doze|vinte|trinta|quarenta|cinquenta|cem|cento|milhão|milhões|dúzias?',
    'metade|meio|meia|terço|dobro|dupl\\w*',
  ].join('|')})$`,
  'u',
);

const promise =
  /^(?:guarant|garant|promis|promes|versprech|verspricht|zusich|sicher|sûr|segur|certain|certez|certa|assur|surely|sure$|safe|riskfree|risikolos|always|immer|toujours|siempre|sempre|will$|definit|zweifel|doubt|inevit|unfehlbar|bound$)/u;
const advice =
  /^(?:buy|sell|invest|purchase|should|must|recommend|advis|kauf|verkauf|investier|sollt|empfehl|achet|vend|devri|devez|recommand|conseil|compr|deber|recomend|aconsej|aconselh|deveri|please|bitte)/u;
const negation = new Set(
  `not no never none neither nor without nothing nicht kein keine keinen keiner nie niemals weder ohne
   ne n pas jamais aucun aucune sans ni non no nunca ningún ninguna ninguno sin tampoco não nenhum
   nenhuma nunca sem nem don doesn isn aren`.split(/\s+/),
);
const direction =
  /^(?:ris|increas|grow|climb|soar|jump|surg|fall|drop|declin|plung|crash|shrink|reduc|double|stei|steig|fäll|sink|wachs|wächs|mont|augment|hauss|baiss|chut|dimin|sub|aument|crec|baj|ca[ei]|cresc|sob|desc)/u;
