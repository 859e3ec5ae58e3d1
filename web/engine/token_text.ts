// Between texts and the bytes of tokens, with where each byte stands in the text. People write typographic quotes, dashes and accents; the
// models were trained on text that was folded to plain letters, so what is given is folded the same way.
import type { TextToken } from './transformer_types.ts';

/** Bytes of a text, and of each byte the character that it came from or belongs to: [starts, ends) in UTF-16 units of `text`. */
export interface AlignedText {
  text: string;
  bytes: Uint8Array;
  starts: Uint32Array;
  ends: Uint32Array;
}

/** The bytes of the two tokens that are no text. */
const BORDER = 0;
const BLANK = 1;
const BLANK_TEXT = '[blank]';

/** Letters that Unicode does not take apart by itself, and signs that have a plain spelling. */
const spelled: Record<string, string> = {
  æ: 'ae', Æ: 'Ae', œ: 'oe', Œ: 'Oe', ß: 'ss', ø: 'o', Ø: 'O', đ: 'd', Đ: 'D', ð: 'd', Ð: 'D', þ: 'th', Þ: 'Th', ł: 'l', Ł: 'L', ı: 'i',
  '×': 'x', '⁄': '/', '−': '-', '‐': '-', '‑': '-', '·': ' ',
}; // biome-ignore format: a table

const doubleQuotes = /[“”„‟«»″〝〞]/u;
const singleQuotes = /[‘’‚‛′‹›´`ʻʼʹˈ]/u;

/** What is read at once: a blank with the space before it, a dash with the spaces around it, white space, or one character. */
const piece = /\s*\[blank\]|(?<=\d)[^\S\n]*[–‒][^\S\n]*(?=\d)|[^\S\n]*(?:[–—―‒⸺⸻]|--)(?:[–—―‒⸺⸻]|-)*[^\S\n]*|\s+|./gsu;
const dash = /[–—―‒⸺⸻]|--/u;
/** After a dash no space follows where the text, a quotation or a bracket ends, or a blank brings its own. */
const endsAfterDash = /(?:["”’')\]]+(?:\s|$)|\[blank\]|\n|$)/uy;

/** One character as plain text; as it is where it has no plain spelling. */
function foldCharacter(character: string): string {
  if (character <= '\x7f') return character === '`' ? "'" : character;
  if (doubleQuotes.test(character)) return '"';
  if (singleQuotes.test(character)) return "'";
  const plain = [...character.normalize('NFKD').replace(/\p{M}/gu, '')].map((one) => spelled[one] ?? one).join('');
  return plain !== '' && /^[\x20-\x7e]*$/.test(plain) ? plain : character;
}

/** A piece as plain text. `before` is what stands before it, as plain text; `at` is where it ends in `text`. */
function foldPiece(found: string, before: string, text: string, at: number): string {
  if (found.endsWith(BLANK_TEXT)) return '\x01';
  if (dash.test(found)) {
    if (/\d$/.test(before) && /^\d/.test(text.slice(at)) && /[–‒]/.test(found)) return '-';
    endsAfterDash.lastIndex = at;
    const first = before === '' || before.endsWith('\n') || (/["'(]$/.test(before) && !/^\s/.test(found));
    return `${first ? '' : ' '}-${endsAfterDash.test(text) ? '' : ' '}`;
  }
  if (/^\s/.test(found)) return found.includes('\n') ? '\n' : ' ';
  return foldCharacter(found);
}

/**
 * A text as the models read it: straight quotes, dashes as ` - `, single spaces, no accents; `[blank]`, with the space before it, as the byte 1. What
 * has no plain spelling goes in as its UTF-8 bytes. The characters U+0000 and U+0001 are passed over.
 */
export function foldText(text: string): AlignedText {
  const out = new Aligner();
  let before = ''; // the last plain characters
  for (const { 0: found, index } of text.matchAll(piece)) {
    const end = index + found.length;
    if (found <= '\x01' && found.length === 1) continue;
    if (/^\p{M}$/u.test(found) && /[!-~]$/.test(before)) {
      out.extend(end); // an accent that stands by itself belongs to the letter before it
      continue;
    }
    const folded = foldPiece(found, before, text, end);
    out.add(folded, index, end);
    before = (before + folded).slice(-2);
  }
  return out.done(text);
}

/** Bytes as people read them: what is no whole character, or has no look, stands as ‹c3›; the beginning of a text as ␂. */
export function readBytes(bytes: Uint8Array): AlignedText {
  const starts = new Uint32Array(bytes.length);
  const ends = new Uint32Array(bytes.length);
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const length = characterLength(bytes, at);
    const shown = length === 0 ? showByte(bytes[at] as number, text) : decoder.decode(bytes.subarray(at, at + length));
    const next = at + Math.max(length, 1);
    starts.fill(text.length, at, next);
    text += shown;
    ends.fill(text.length, at, next);
    at = next;
  }
  return { text, bytes, starts, ends };
}

/**
 * Tokens where they stand in a text. The tokens' bytes put together are those of the text; a token 0 in front has none.
 * @param texts the bytes and the name of each token of the vocabulary
 */
export function placeTokens(ids: ArrayLike<number>, texts: readonly TokenText[], { starts, ends }: AlignedText): TextToken[] {
  const tokens: TextToken[] = [];
  let at = 0;
  for (let t = 0; t < ids.length; ++t) {
    const id = ids[t] as number;
    const { bytes, name } = texts[id] as TokenText;
    const from = at;
    if (t > 0 || id !== BORDER) at += bytes.length;
    tokens.push(at === from ? { id, text: name, start: 0, end: 0 } : { id, text: name, start: starts[from] ?? 0, end: ends[at - 1] ?? 0 });
  }
  return tokens;
}

/** How many UTF-16 units of a text its first bytes hold, no character cut. */
export const unitsOf = ({ text, starts }: AlignedText, bytes: number): number => starts[bytes] ?? text.length;

/** A token of a vocabulary. */
export interface TokenText {
  bytes: Uint8Array;
  name: string;
}

/** The tokens of a vocabulary from their bytes one after the other and where each ends. */
export function tokenTexts(all: Uint8Array, ends: Uint32Array): TokenText[] {
  return Array.from(ends, (end, id) => {
    const bytes = all.subarray(id === 0 ? 0 : ends[id - 1], end);
    return { bytes, name: readBytes(bytes).text };
  });
}

/** The bytes of tokens one after the other; a token 0 in front is left out. */
export function bytesOf(ids: ArrayLike<number>, texts: readonly TokenText[]): Uint8Array {
  const parts = Array.from(ids, (id, t) => (t === 0 && id === BORDER ? [] : [...(texts[id] as TokenText).bytes]));
  return Uint8Array.from(parts.flat());
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Gathers the bytes of a folded text. */
class Aligner {
  private readonly bytes: number[] = [];
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];

  add(folded: string, start: number, end: number): void {
    for (const byte of encoder.encode(folded)) {
      this.bytes.push(byte);
      this.starts.push(start);
      this.ends.push(end);
    }
  }

  /** The last character reaches as far as this. */
  extend(end: number): void {
    const start = this.starts.at(-1);
    for (let i = this.starts.length - 1; i >= 0 && this.starts[i] === start; --i) this.ends[i] = end;
  }

  done(text: string): AlignedText {
    return { text, bytes: Uint8Array.from(this.bytes), starts: Uint32Array.from(this.starts), ends: Uint32Array.from(this.ends) };
  }
}

/** Bytes of the character that begins here; 0 where none does that can be shown. */
function characterLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] as number;
  if (first < 0x80) return (first >= 0x20 && first !== 0x7f) || first === 0x0a || first === 0x09 ? 1 : 0;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  try {
    decoder.decode(bytes.subarray(at, at + length));
    return length;
  } catch {
    return 0;
  }
}

function showByte(byte: number, before: string): string {
  if (byte === BORDER) return '␂';
  if (byte === BLANK) return before === '' || /\s$/.test(before) ? BLANK_TEXT : ` ${BLANK_TEXT}`;
  return `‹${byte.toString(16).padStart(2, '0')}›`;
}
