/**
 * Runs work of one key one piece after the other, different keys side by side. Work that fails
 * fails alone; the next runs all the same.
 */
export function inTurn(): (key: string, work: () => Promise<void>) => Promise<void> {
  const last = new Map<string, Promise<void>>();
  return (key, work) => {
    const after = (last.get(key) ?? Promise.resolve()).then(work);
    const settled = after
      .catch(() => undefined)
      .finally(() => {
        if (last.get(key) === settled) last.delete(key);
      });
    last.set(key, settled);
    return after;
  };
}
