import { describe, expect, it } from 'vitest';
import { isDiscordFile } from './download.ts';

const root = 'http://127.0.0.1:4000/api';

describe('where files are fetched from', () => {
  it.each([
    'https://cdn.discordapp.com/attachments/1/2/a.csv?ex=1&is=2&hm=3',
    'https://cdn.discordapp.com/ephemeral-attachments/1/2/a.csv',
    'https://media.discordapp.net/attachments/1/2/a.csv',
  ])('is Discord: %s', (url) => {
    expect(isDiscordFile(url, undefined)).toBe(true);
  });

  it.each([
    'http://cdn.discordapp.com/a',
    'https://cdn.discordapp.com.evil.org/a',
    'https://evil.org/cdn.discordapp.com/a',
    'https://cdn.discordapp.com@evil.org/a',
    'https://user:pass@cdn.discordapp.com/a',
    'https://cdn.discordapp.com:8443/a',
    'https://discordapp.com/a',
    'http://127.0.0.1:4001/cdn/a',
    'http://169.254.169.254/latest/meta-data',
    'file:///etc/passwd',
    'not an address',
    '',
  ])('is nowhere else: %s', (url) => {
    expect(isDiscordFile(url, undefined)).toBe(false);
    expect(isDiscordFile(url, root)).toBe(false);
  });

  it('is the API that was set, for those who run their own', () => {
    expect(isDiscordFile('http://127.0.0.1:4000/cdn/a', root)).toBe(true);
    expect(isDiscordFile('http://127.0.0.1:4000/cdn/a', undefined)).toBe(false);
  });
});
