/** What an open event stream is told. */
export interface Listener {
  changed(): void;
  typing(): void;
  close(): void;
}

/** The open event streams of this process, by conversation. */
export function createLive() {
  const listeners = new Map<string, Set<Listener>>();

  function each(conversation: string, tell: (listener: Listener) => void): void {
    for (const listener of listeners.get(conversation) ?? []) tell(listener);
  }

  return {
    count: (conversation: string) => listeners.get(conversation)?.size ?? 0,

    /** @returns how to stop listening */
    listen(conversation: string, listener: Listener): () => void {
      const set = listeners.get(conversation) ?? new Set();
      listeners.set(conversation, set.add(listener));
      return () => {
        set.delete(listener);
        if (set.size === 0 && listeners.get(conversation) === set) listeners.delete(conversation);
      };
    },

    changed: (conversation: string) => each(conversation, (listener) => listener.changed()),
    typing: (conversation: string) => each(conversation, (listener) => listener.typing()),

    closeAll(): void {
      for (const conversation of [...listeners.keys()]) {
        each(conversation, (listener) => listener.close());
      }
    },
  };
}

export type Live = ReturnType<typeof createLive>;
