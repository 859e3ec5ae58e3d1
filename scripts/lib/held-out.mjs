// Which documents are held out, and what may then stay of the others.
import { createHash } from 'node:crypto';
import { bareWords } from './plain-text.mjs';

export const seed = 'dot by dot 1';
/** Words of a shingle. */
export const shingleWords = 8;
// How many shingles a training paragraph may share with the held-out part: 2 shingles are 9 words in a row. Stories that begin "Once upon
// a time, there was a little girl named Lily" share 5 and no passage: there the limit is 13 words (as in Brown et al. 2020), 6 shingles.
const usualShared = 2;

/** A document's lot: 48 bits that follow from its words alone, so that two spellings of one sentence have the same. */
export const lot = (text) =>
  createHash('sha256')
    .update(`${seed}\0${bareWords(text)}`)
    .digest()
    .readUIntBE(0, 6);

/** Which documents are held out: those with the smallest lots, or with a lot below the share. Returns a predicate on lots. */
export function heldOutRule(lots, heldOut) {
  if (heldOut < 1) return (value) => value < heldOut * 2 ** 48;
  const limit = [...lots].sort((a, b) => a - b)[heldOut - 1];
  return (value) => value <= limit;
}

/**
 * What may stay of a training document beside the held-out part.
 * @param {string} text paragraphs apart by line feeds
 * @param {Shingles} heldOut
 * @param {{mostShared?: number, whole?: boolean}} rule `whole`: drop the document for its shared passages, not the paragraph
 * @returns {{kept: string, dropped: number}} `dropped`: paragraphs
 */
export function withoutShared(text, heldOut, { mostShared = usualShared, whole = false } = {}) {
  const guilty = (part) => {
    const { shared, total } = heldOut.shared(part);
    return shared > 0 && shared > Math.min(mostShared, total - 1);
  };
  const paragraphs = text.split('\n');
  if (whole) return guilty(text) ? { kept: '', dropped: paragraphs.length } : { kept: text, dropped: 0 };
  const kept = paragraphs.filter((paragraph) => !guilty(paragraph));
  return { kept: kept.join('\n'), dropped: paragraphs.length - kept.length };
}
