// Which texts share a passage? A shingle is a run of `size` words; two texts with several shingles in common share a passage
// (Broder 1997, "On the resemblance and containment of documents"). Shingles are kept as 64-bit hashes.
import { bareWords } from './plain-text.mjs';

/** One word → 32 bits (FNV-1a), from a text's characters `from` to `to`. */
function hashWord(text, from, to) {
  let hash = 0x811c9dc5;
  for (let i = from; i < to; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/**
 * Calls `visit(high, low)`, two 32-bit halves of one hash, for each run of `size` words.
 * A text of fewer words has none.
 */
export function forShingles(text, size, visit) {
  const bare = bareWords(text);
  const words = [];
  for (let from = 0; from < bare.length; ) {
    let to = bare.indexOf(' ', from);
    if (to < 0) to = bare.length;
    words.push(hashWord(bare, from, to));
    from = to + 1;
  }
  for (let first = 0; first + size <= words.length; first += 1) {
    let high = 0x9e3779b9;
    let low = 0x7f4a7c15;
    for (let i = first; i < first + size; i += 1) {
      high = Math.imul(high ^ words[i], 0x85ebca6b);
      high ^= high >>> 15;
      low = Math.imul(low + words[i], 0xc2b2ae35);
      low ^= low >>> 13;
    }
    visit(high >>> 0, low >>> 0 || 1);
  }
}

/** A set of shingles: open addressing over two arrays of 32-bit halves; it doubles when it is two thirds full. */
export class Shingles {
  constructor(size) {
    this.size = size;
    this.count = 0;
    this.#make(1 << 16);
  }

  #make(slots) {
    this.high = new Uint32Array(slots);
    this.low = new Uint32Array(slots); // 0: a free slot
  }

  /** The slot of a hash, or the free one where it would stand. */
  #slot(high, low) {
    const mask = this.low.length - 1;
    let slot = (high ^ Math.imul(low, 0x9e3779b1)) & mask;
    while (this.low[slot] !== 0 && (this.low[slot] !== low || this.high[slot] !== high)) slot = (slot + 1) & mask;
    return slot;
  }

  #put(high, low) {
    const slot = this.#slot(high, low);
    if (this.low[slot] !== 0) return;
    this.high[slot] = high;
    this.low[slot] = low;
    this.count += 1;
  }

  /** Take up every shingle of a text. */
  add(text) {
    forShingles(text, this.size, (high, low) => {
      if (this.count * 3 > this.low.length * 2) {
        const { high: highs, low: lows } = this;
        this.#make(lows.length * 2);
        this.count = 0;
        for (let i = 0; i < lows.length; i += 1) if (lows[i] !== 0) this.#put(highs[i], lows[i]);
      }
      this.#put(high, low);
    });
  }

  /** How many of a text's shingles are in the set, and how many it has. */
  shared(text) {
    let shared = 0;
    let total = 0;
    forShingles(text, this.size, (high, low) => {
      total += 1;
      if (this.low[this.#slot(high, low)] !== 0) shared += 1;
    });
    return { shared, total };
  }
}
