const pageBytes = 65_536;
/** An instance whose memory grew beyond this is not kept, so that one large problem is not paid for ever. */
const keptBytes = 16 * 1024 * 1024;

/**
 * Opens a kernel once and gives its instance with at least so much memory, which holds whatever the
 * last use left in it. It is for one computation: whoever asks next gets the same memory.
 *
 * @param base64 the assembled kernel
 */
export function opened<Exports extends { readonly memory: WebAssembly.Memory }>(
  base64: string,
): (bytes: number) => Exports {
  const module = new WebAssembly.Module(Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)));
  const instance = () => new WebAssembly.Instance(module).exports as unknown as Exports;
  const kept = instance();
  return (bytes) => {
    const found = bytes > keptBytes ? instance() : kept;
    const missing = bytes - found.memory.buffer.byteLength;
    if (missing > 0) found.memory.grow(Math.ceil(missing / pageBytes));
    return found;
  };
}
