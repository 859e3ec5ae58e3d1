// Large arrays are handed from thread to thread, not copied; for small ones a copy is quicker.

const LARGE = 65_536;

/** The buffers of the large arrays in a question or an answer. Whoever sends it must own them: they are gone afterwards. */
export function largeBuffers(value: unknown): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) return value.byteLength >= LARGE ? [value.buffer as ArrayBuffer] : [];
  if (Array.isArray(value)) return typeof value[0] === 'object' ? value.flatMap(largeBuffers) : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(largeBuffers) : [];
}
