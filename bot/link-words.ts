import { formatDay, MS_PER_DAY } from './language/format.ts';
import type { AccountOrigin } from './store.ts';

/** How people call the platforms whose names stand in the data, alone and after "on". */
const names: Readonly<Record<string, readonly [name: string, place: string]>> = {
  web: ['Web chat', 'the web chat'],
  telegram: ['Telegram', 'Telegram'],
  discord: ['Discord', 'Discord'],
  slack: ['Slack', 'Slack'],
};

/** One that is not in the table goes by its own name. */
function wordsOf(platform: string): readonly [name: string, place: string] {
  return Object.hasOwn(names, platform) ? names[platform] : [platform, platform];
}

/** "Telegram", "Web chat". */
export function platformName(platform: string): string {
  return wordsOf(platform)[0];
}

/** "an account begun on Telegram on 3 May 2026", or with another article. */
export function accountWords({ platform, begunAt }: AccountOrigin, article = 'an'): string {
  return `${article} account begun on ${wordsOf(platform)[1]} on ${dayWords(begunAt)}`;
}

/** "3 May 2026". */
export function dayWords(at: number): string {
  return formatDay(Math.floor(at / MS_PER_DAY));
}
