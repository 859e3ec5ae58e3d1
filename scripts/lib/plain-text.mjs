// Text of any origin → plain ASCII paragraphs, for models that read characters.

// Letters that Unicode does not take apart by itself (NFKD), and signs that have a plain spelling.
const spelled = Object.fromEntries(
  'æae ÆAe œoe ŒOe ßss øo ØO đd ĐD ðd ÐD þth ÞTh łl ŁL ıi ×x ⁄/ −- ‐- ‑-'.split(' ').map((pair) => [pair[0], pair.slice(1)]),
);
const spelledSigns = new RegExp(`[${Object.keys(spelled).join('')}]`, 'g');

/** UTF-8 that was once read as Latin-1 (Ã© for é), mended; anything else stays. */
function mendTwiceEncoded(text) {
  return text.replace(/[\u00c2-\u00f4][\u0080-\u00bf]+/g, (run) => {
    const mended = Buffer.from(run, 'latin1').toString('utf8');
    return mended.includes('\ufffd') ? run : mended;
  });
}

/** Accents folded, ligatures and signs spelled out, quotes straight; letters of other scripts are left for the caller to weigh. */
function fold(text) {
  return mendTwiceEncoded(text)
    .replace(/[“”„‟«»″〝〞]/g, '"')
    .replace(/[‘’‚‛′‹›´ʻʼʹˈ]/g, "'")
    .replace(/(\d)[–‒](?=\d)/g, '$1-') // 1914–1918
    .replace(/[–—―‒⸺⸻]/g, '--')
    .replace(/(\d)(?=[¼-¾⅐-⅞])/g, '$1 ')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(spelledSigns, (sign) => spelled[sign])
    .replace(/[\s·•]/g, ' ');
}

/** In (Russian: Иван; born 1900) the part in another script would leave "Russian:" behind; such parts of an aside go out whole. */
function withoutForeignAsides(text) {
  return text.replace(/\(([^()]*)\)/g, (all, inside) => {
    const parts = inside.split(/(?<=[,;])/);
    const kept = parts.filter((part) => (part.match(/[^\x20-\x7e]/g)?.length ?? 0) <= 1);
    return kept.length === parts.length ? all : `(${kept.join('').replace(/[,; ]+$/, '')})`;
  });
}

/** The share of a text's letters that are outside of a–z, after folding. */
function foreignShare(folded) {
  const foreign = folded.match(/(?![A-Za-z])\p{L}/gu)?.length ?? 0;
  return foreign === 0 ? 0 : foreign / (foreign + (folded.match(/[A-Za-z]/g)?.length ?? 0));
}

/** Typography of ASCII text: dashes as ` - `, `...`, no emphasis or footnote marks, single spaces, none before a comma. */
function tidy(text) {
  return text
    .replace(/\[(?:Illustration|Footnote|Sidenote|Transcriber)[^\]]*\]?/gi, ' ')
    .replace(/\[(?:\d{1,3}|[a-z*]|citation needed)\]|\{\d{1,3}\}|[[{]sic[}\]]/g, '')
    .replace(/[_*]+/g, '')
    .replace(/``|''/g, '"')
    .replace(/`/g, "'")
    .replace(/\((?:[\s,;:./-]|\bor\b|\band\b)*\)/g, ' ')
    .replace(/\((?:or|and)?\s*[,;]\s*/g, '(')
    .replace(/\s*[,;:]\s*\)/g, ')')
    .replace(/:\s*,/g, ',')
    .replace(/\.(?: ?\.){2,}/g, '...')
    .replace(/([,;:])\s*--+/g, '$1 ') // the old ,-- and :-- say no more than , and :
    .replace(/\s*--+\s*(?=["')\]]+(?:\s|$))/g, ' -')
    .replace(/(^|[\s"'(])--+\s*(?=\S)/g, '$1- ')
    .replace(/\s*--+\s*/g, ' - ')
    .replace(/(?: -){2,}(?= |$)/g, ' -')
    .replace(/ +/g, ' ')
    .replace(/ +([,;:!?)\]]|\.(?!\.))/g, '$1')
    .replace(/([([]) +/g, '$1')
    .replace(/([,;])(?:[ ,;]*[,;])+/g, '$1')
    .replace(/[,;]\.(?=\s|$)/g, '.')
    .trim();
}

/** A paragraph that loses a larger share of its letters is not English text any more. */
export const foreignLimit = 0.03;

/**
 * One paragraph as plain text: printable ASCII, single spaces.
 * @param {string} paragraph any Unicode, line breaks count as spaces
 * @returns {string | undefined} undefined where more than `foreignLimit` of the letters are of another script
 */
export function plain(paragraph) {
  if (/^[\x20-\x7e]*$/.test(paragraph)) return tidy(paragraph);
  const folded = withoutForeignAsides(fold(paragraph));
  if (foreignShare(folded) > foreignLimit) return undefined;
  return tidy(folded.replace(/[^\x20-\x7e]+/g, ''));
}

const number =
  '(?:[ivxlcdm]+|\\d+|the|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|first|second|third|fourth|fifth|last)';
const numbered = new RegExp(`^(?:chapter|book|part|stave|canto|volume|vol|section|act|scene|adventure)\\.? ${number}\\b.{0,80}$`, 'i');
const ending = /[.!?,;:"')\]-]$/;

/**
 * Is this line of a book its furniture: a heading, a number, a printer's line? Plain text, one paragraph.
 * A speech in capitals ("HELP!") is none, for it stands in quotes; nor is verse, whose words are not all capitalized.
 */
export function isFurniture(line) {
  if (!/[a-z]/.test(line)) return !/^["'].*[!?.]["']$/.test(line) || !/[A-Z]/.test(line);
  if (line.length > 100) return false;
  if (numbered.test(line) && !/[a-z]{3,}[.!?]["']?$/.test(line)) return true;
  if (/^(?:the end|finis|contents|curtain|act drops?|footnotes?)\W*$/i.test(line)) return true;
  if (/^(?:published|translated by|illustrated by|edited by|copyright)\b.{0,40}$/i.test(line) && !ending.test(line)) return true;
  if (/^letter(?: from|\b.*\bto\b).*\.?$/i.test(line) && line.length < 90 && /^[A-Z(]/.test(line.split(' ').at(-1))) return true;
  if (line.length > 70 || ending.test(line)) return false;
  return line.split(' ').every((word) => word.length < 4 || /^[^a-z]/.test(word));
}

/** The words of a text for comparison: lower case, no punctuation; one string, words apart by one space. */
export const bareWords = (text) =>
  text
    .toLowerCase()
    .replace(/'/g, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
