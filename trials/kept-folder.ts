import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A folder in memory, so that nothing has to be removed when a process is ended from outside. */
export interface KeptFolder {
  /** Writes everything into an empty folder. */
  copyTo(folder: string): void;
}

export function keepFolder(folder: string): KeptFolder {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) => {
    const path = join(entry.parentPath, entry.name);
    return {
      at: path.slice(folder.length),
      // Postgres misses folders that are empty.
      content: entry.isDirectory() ? null : readFileSync(path),
    };
  });
  return {
    copyTo(target) {
      for (const { at, content } of entries) {
        if (content === null) mkdirSync(join(target, at), { recursive: true, mode: 0o700 });
      }
      for (const { at, content } of entries) {
        if (content !== null) writeFileSync(join(target, at), content, { mode: 0o600 });
      }
    },
  };
}
