// Sentences whose words carry a part of speech (lessons/data/parts-of-speech/sentences.txt): reading them, and the
// checks that their test runs. A line is one sentence, its words are separated by one space, each is
//   word/TAG   or   word/TAG/subject   or   word/TAG/imperative
// A line that begins with "#" is a remark. A fault is {line, says}; line counts from 1, and 0 is the whole file.

/** The parts of speech of Universal Dependencies, version 2, that occur here: all but SYM and X. */
export const TAGS = 'ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ VERB'.split(' ');
export const ROLES = ['subject', 'imperative'];

/** What a set for a probe must hold; pass others for a set of another size. */
export const LIMITS = { sentences: 330, perTag: 40, shortest: 5, longest: 14, ambiguous: 40, each: 2 };

const MAY_BE = { subject: ['NOUN', 'NUM', 'PRON', 'PROPN'], imperative: ['AUX', 'VERB'] };
const MARKS = [',', ';', ':', '.', '?', '!'];
const CLOSING = ['.', '?', '!'];

// Classes that get no new words: a word outside its list is a slip of the pen.
const CLOSED = {
  AUX: `am is are was were be been being 's 're 'm has have had 've 'd do does did can ca could may might must shall should will
    would wo 'll`,
  CCONJ: 'and but or nor yet both either neither',
  DET: 'a an the this that these those all any both each either every neither no some another what which such',
  PART: "to not n't 's '",
  PRON: `i you he she it we they me him her us them my your his its our their mine yours hers ours theirs myself yourself himself
    herself itself ourselves themselves this that these those there who whom whose what which 's one anyone anything everyone
    everything nobody none nothing someone somebody something`,
  SCONJ: 'after although as because before for if like once since so than that though unless until whether while',
};
const closed = Object.fromEntries(Object.entries(CLOSED).map(([tag, words]) => [tag, new Set(words.split(/\s+/))]));

/** Whether a word stands right after the one before it, without a space: a mark, n't, and what begins with an apostrophe. */
export const isJoined = (word) => MARKS.includes(word) || word.startsWith("'") || word.toLowerCase() === "n't";

/** @param {string[]} words @returns {{text: string, starts: number[]}} the running text, and where in it each word begins */
export function joined(words) {
  let text = '';
  const starts = words.map((word) => {
    if (text !== '' && !isJoined(word)) text += ' ';
    text += word;
    return text.length - word.length;
  });
  return { text, starts };
}

/**
 * @param {string} file
 * @returns {{sentences: {line: number, text: string, words: {word: string, tag: string, role?: string, start: number}[]}[],
 *   faults: {line: number, says: string}[]}} `start` is the word's place in `text`, in characters. A line with a fault is no sentence.
 */
export function parseSentences(file) {
  const sentences = [];
  const faults = [];
  for (const [index, raw] of file.split('\n').entries()) {
    if (raw === '' || raw.startsWith('#')) continue;
    const line = index + 1;
    const says = formFault(raw);
    if (says !== undefined) {
      faults.push({ line, says });
      continue;
    }
    const parts = raw.split(' ').map((token) => token.split('/'));
    const { text, starts } = joined(parts.map(([word]) => word));
    const words = parts.map(([word, tag, role], i) => ({ word, tag, ...(role && { role }), start: starts[i] }));
    sentences.push({ line, text, words });
  }
  return { sentences, faults };
}

function formFault(raw) {
  if (/[^ -~]/.test(raw)) return 'there is a character outside ASCII, or a tab';
  if (/^ | $| {2}/.test(raw)) return 'words are separated by one space, with none at the ends';
  for (const token of raw.split(' ')) {
    const [word, tag, role, ...more] = token.split('/');
    if (!word || !tag || role === '' || more.length > 0) return `"${token}" is not word/TAG or word/TAG/role`;
    if (!TAGS.includes(tag)) return `"${token}": ${tag} is no part of speech`;
    if (role !== undefined && !ROLES.includes(role)) return `"${token}": ${role} is neither ${ROLES.join(' nor ')}`;
  }
  return undefined;
}

/** What is wrong with one sentence, as texts. */
export function sentenceFaults({ words }, limits = LIMITS) {
  const says = [];
  const size = words.filter(({ tag }) => tag !== 'PUNCT').length;
  if (size < limits.shortest || size > limits.longest) {
    says.push(`it has ${size} words, not ${limits.shortest} to ${limits.longest}`);
  }
  if (!CLOSING.includes(words.at(-1).word)) says.push('it does not end with . ? or !');
  if (words.slice(0, -1).some(({ word }) => CLOSING.includes(word))) says.push('. ? and ! may stand at its end only');
  if (!/^[A-Z]/.test(words[0].word)) says.push('it does not begin with a capital');

  for (const [i, { word, tag, role }] of words.entries()) {
    const lower = word.toLowerCase();
    if (MARKS.includes(word) !== (tag === 'PUNCT')) says.push(`"${word}": marks are PUNCT, and nothing else is`);
    else if (!MARKS.includes(word) && !/^('?[A-Za-z]+|n't|')$/.test(word)) says.push(`"${word}" is no word`);
    if (closed[tag] && !closed[tag].has(lower)) says.push(`"${word}" is not one of the words that can be ${tag}`);
    if (i > 0 && word !== 'I' && /^[A-Z]/.test(word) !== (tag === 'PROPN')) {
      says.push(`"${word}": inside a sentence names (PROPN) and I have a capital, and nothing else has`);
    }
    if (role && !MAY_BE[role].includes(tag)) says.push(`"${word}" is ${tag}; ${role} may be ${MAY_BE[role].join(', ')} only`);
  }
  const roles = words.map(({ role }) => role);
  const orders = roles.filter((role) => role === 'imperative').length;
  if (orders > 1) says.push('it has two imperatives: mark the first only');
  if (orders === 0 && !roles.includes('subject')) says.push('it has neither a subject nor an imperative');
  return says;
}

/** @returns {Map<string, Map<string, number>>} each word form, in lower case, with its tags and how often each occurs */
export function wordTags(sentences) {
  const found = new Map();
  for (const { word, tag } of sentences.flatMap(({ words }) => words)) {
    const tags = found.get(word.toLowerCase()) ?? new Map();
    found.set(word.toLowerCase(), tags.set(tag, (tags.get(tag) ?? 0) + 1));
  }
  return found;
}

/** The word forms with two or more tags that each occur at least `each` times, in alphabetical order, commonest tag first. */
export function ambiguousWords(sentences, each = LIMITS.each) {
  const often = [...wordTags(sentences)].map(([word, tags]) => ({
    word,
    tags: [...tags].filter(([, times]) => times >= each).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)),
  }));
  return often.filter(({ tags }) => tags.length > 1).sort((a, b) => (a.word < b.word ? -1 : 1));
}

/** How often each tag occurs, in the order of TAGS. */
export const tagCounts = (sentences) =>
  TAGS.map((tag) => [tag, sentences.flatMap(({ words }) => words).filter((word) => word.tag === tag).length]);

/** Every fault of the file: of the form, of single sentences, and of the whole. */
export function checkSentences(file, limits = LIMITS) {
  const { sentences, faults } = parseSentences(file);
  const first = new Map();
  for (const sentence of sentences) {
    for (const says of sentenceFaults(sentence, limits)) faults.push({ line: sentence.line, says });
    const key = sentence.text.toLowerCase().replace(/[^a-z' ]/g, '');
    if (first.has(key)) faults.push({ line: sentence.line, says: `the same sentence stands in line ${first.get(key)}` });
    else first.set(key, sentence.line);
  }
  faults.sort((a, b) => a.line - b.line);
  const whole = (says) => faults.push({ line: 0, says });
  if (!file.endsWith('\n')) whole('the last line has no end');
  if (sentences.length < limits.sentences) whole(`there are ${sentences.length} sentences, fewer than ${limits.sentences}`);
  for (const [tag, times] of tagCounts(sentences)) {
    if (times < limits.perTag) whole(`${tag} occurs ${times} times, fewer than ${limits.perTag}`);
  }
  const ambiguous = ambiguousWords(sentences, limits.each).length;
  if (ambiguous < limits.ambiguous) {
    whole(`${ambiguous} words have two parts of speech at least ${limits.each} times each, fewer than ${limits.ambiguous}`);
  }
  return faults;
}

/**
 * What a probe must beat: a table of each word's commonest tag, counted over all other sentences (a tie goes to the tag
 * earlier in TAGS); a word that is in none of them is called NOUN.
 * @returns {{all: number, ambiguous: number}} the share it gets right of all words, and of the ambiguous ones
 */
export function rightByWordAlone(sentences) {
  const found = wordTags(sentences);
  const twofold = new Set(ambiguousWords(sentences).map(({ word }) => word));
  const right = { all: [], ambiguous: [] };
  for (const { words } of sentences) {
    const here = wordTags([{ words }]);
    for (const { word, tag } of words) {
      const lower = word.toLowerCase();
      const times = (of) => (found.get(lower).get(of) ?? 0) - (here.get(lower).get(of) ?? 0);
      const best = TAGS.reduce((a, b) => (times(b) > times(a) ? b : a));
      const hit = Number((times(best) > 0 ? best : 'NOUN') === tag);
      right.all.push(hit);
      if (twofold.has(lower)) right.ambiguous.push(hit);
    }
  }
  const share = (hits) => hits.reduce((a, b) => a + b, 0) / hits.length;
  return { all: share(right.all), ambiguous: share(right.ambiguous) };
}
