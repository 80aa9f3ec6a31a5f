import { formatDay, MS_PER_DAY } from './language/format.ts';
import type { AccountOrigin } from './store.ts';

/** How people call the platforms whose names stand in the data; one that is not here goes by its own. */
const names: Readonly<Record<string, string>> = {
  web: 'Web chat',
  telegram: 'Telegram',
  discord: 'Discord',
  slack: 'Slack',
};

/** "Telegram", "Web chat". */
export function platformName(platform: string): string {
  return Object.hasOwn(names, platform) ? names[platform] : platform;
}

/** "an account begun on Telegram on 3 May 2026", with another article where one fits. */
export function accountWords({ platform, begunAt }: AccountOrigin, article = 'an'): string {
  const name =
    platform === 'web' ? `the ${platformName(platform).toLowerCase()}` : platformName(platform);
  return `${article} account begun on ${name} on ${dayWords(begunAt)}`;
}

/** "3 May 2026". */
export function dayWords(at: number): string {
  return formatDay(Math.floor(at / MS_PER_DAY));
}
