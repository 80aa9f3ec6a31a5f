import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makePrivateFolder } from './private-folder.ts';

function place(): string {
  const folder = mkdtempSync(join(tmpdir(), 'keel-private-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
const mode = (path: string) => statSync(path).mode & 0o777;

test('the folder is for its owner alone, the folders above it are as usual', () => {
  const top = place();
  makePrivateFolder(join(top, 'shared', 'home'));
  expect(mode(join(top, 'shared', 'home'))).toBe(0o700);
  expect(mode(join(top, 'shared')) & 0o055).not.toBe(0);
});

test('one that is there already is left as it is, and a file in its place is refused', () => {
  const top = place();
  makePrivateFolder(join(top, 'home'));
  makePrivateFolder(join(top, 'home'));
  writeFileSync(join(top, 'file'), '');
  expect(() => makePrivateFolder(join(top, 'file'))).toThrow('EEXIST');
});
