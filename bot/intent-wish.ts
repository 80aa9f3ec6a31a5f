import { nameable } from './dialogue/wish-forms.ts';
import { cleanText } from './language/clean.ts';
import { readLimit } from './language/read-limit.ts';
import { readView, subjectAt } from './language/read-view.ts';
import { readWay, type WayReading } from './language/read-way.ts';
import { tokenize } from './language/tokens.ts';

export type WishKind = 'limits' | 'views' | 'method';

/** Words of comparison, without which a percentage beside an asset is a holding or a goal. */
const bounds =
  /<=|>=|[<>≤≥]|\b(?:at (?:least|most)|(?:no|not|never) (?:more|less) than|more than|less than|under|over|above|below|between|max(?:imum)?|min(?:imum)?|limit|cap|exactly|set)\b/i;
/** A change of a share, whatever follows: it is answered even when it cannot be read whole. */
const changes =
  /^(?:please )?(?:increase|raise|lift|reduce|lower|cut|decrease|trim|limit|cap|more|less|fewer)\b/i;
const refusals =
  /^(?:please )?(?:no|avoid|exclude|ban|without|never (?:hold|buy)|don'?t (?:hold|buy)|do not (?:hold|buy)|stay (?:out of|away from)|get rid of)\b/i;
const asks =
  /^(?:i want|i'd like|i would like|i prefer|give me|make it|let's have|keep|hold|have)\b/i;
const forecasts =
  /\b(?:beats?|outperforms?|underperforms?|lags?|trails?|(?:do|does|be) (?:better|worse) than|(?:earns?|returns?) (?:more|less) than|(?:will|to) (?:return|earn|gain|rise|fall|drop|lose|decline))\b/i;
const opinion =
  /^(?:(?:i (?:think|believe|expect|bet|guess|feel|am sure)|in my (?:view|opinion)|my view is)(?: that)?,? )?(?:the )?/i;
const future =
  /^(?:will|won't|is going to|are going to|is about to|should|beats?|outperforms?|underperforms?|lags?)\b/i;
const money = /[$€£¥]|\d\s*[km]\b|\bby (?:20\d\d|\w+ 20\d\d)\b/i;
const choosing =
  /\b(?:use|choose|pick|switch|change|try|take|prefer|select|go (?:with|back)|back to|apply|want|method|way|approach|optimi[sz]e)\b/i;
/** Without one of these, "least risk" is a goal. */
const choosingAWay = /\b(?:use|choose|switch|go back|back to|method|way|approach)\b/i;

/**
 * A limit, a view or a way of the person's own, when a whole sentence reads as one; also when it is
 * plainly meant as one but lacks something, so that what it lacks can be said.
 */
export function wishOf(raw: string): WishKind | null {
  const text = cleanText(raw, 300);
  const way = readWay(text);
  if (way !== null && choosesWay(text, way)) return 'method';
  if (isView(text)) return 'views';
  return isLimit(text) ? 'limits' : null;
}

function choosesWay(text: string, way: NonNullable<WayReading>): boolean {
  if (way.way !== null && !way.plain) return choosingAWay.test(text);
  // The name alone will do: "risk parity please".
  const short = text.split(' ').length <= 5 && !/\d/.test(text);
  return choosing.test(text) || (way.way !== null && short);
}

function isView(text: string): boolean {
  if (forecasts.test(text) && readView(text).state === 'understood') return true;
  const statement = text.replace(opinion, '');
  const tokens = tokenize(statement);
  const subject = subjectAt(tokens, 0);
  if (subject === null || money.test(text)) return false;
  return future.test(statement.slice(tokens[subject.next]?.start ?? statement.length));
}

function isLimit(text: string): boolean {
  const reading = readLimit(text, nameable);
  const names = namesSubject(text);
  if (changes.test(text) && names && !money.test(text)) return true;
  if (reading.state === 'unclear') return false;
  const [first] = reading.state === 'understood' ? reading.limits : [];
  // "No cash" tells a holding; "no crypto" a whole class that is not wanted.
  if (refusals.test(text))
    return first?.kind === 'weight' && Object.keys(first.coefficients).length > 1;
  if (asks.test(text) && names && /\d\s*(?:%|percent)/i.test(text)) return true;
  return bounds.test(text) && /\d|\b(?:half|third|quarter)\b/.test(text);
}

function namesSubject(text: string): boolean {
  const tokens = tokenize(text);
  return tokens.some((_, at) => subjectAt(tokens, at) !== null);
}
