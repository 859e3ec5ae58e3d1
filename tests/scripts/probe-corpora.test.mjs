// Public corpora as probes want them: on lines of our own in their formats, and on the real files where they are (DOT_DATA).
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { balanced, evenly, readConllu, readSenseval } from '../../scripts/lib/probe-corpora.mjs';

const data = process.env.DOT_DATA ?? inRoot('../shared/data');

const conllu = `# newdoc id = ours
# sent_id = 1
# text = We don't run ("now").
1	We	we	PRON	PRP	_	4	nsubj	_	_
2-3	don't	_	_	_	_	_	_	_	_
2	do	do	AUX	VBP	_	4	aux	_	_
3	n't	not	PART	RB	_	4	advmod	_	_
4	run	run	VERB	VB	_	0	root	_	_
5	(	(	PUNCT	-LRB-	_	7	punct	_	_
6	"	"	PUNCT	\`\`	_	7	punct	_	_
7	now	now	ADV	RB	_	4	advmod	_	_
7.1	left	leave	VERB	VBN	_	_	_	_	_
8	"	"	PUNCT	''	_	7	punct	_	_
9	)	)	PUNCT	-RRB-	_	7	punct	_	_
10	.	.	PUNCT	.	_	4	punct	_	_

# text = Somebody was seen.
1	Somebody	somebody	PRON	NN	_	3	nsubj:pass	_	_
2	was	be	AUX	VBD	_	3	aux:pass	_	_
3	seen	see	VERB	VBN	_	0	root	_	_
4	.	.	PUNCT	.	_	3	punct	_	_
`;

describe('CoNLL-U', () => {
  it('gives texts, and each word where it stands; contractions are two words', () => {
    const { sentences, passed } = readConllu(conllu);
    expect(passed).toBe(0);
    expect(sentences.map(({ text }) => text)).toEqual(['We don\'t run ("now").', 'Somebody was seen.']);
    const words = ({ text, words: all }) =>
      all.map(({ start, end, tag, subject }) => `${text.slice(start, end)}/${tag}${subject ? '/subject' : ''}`);
    expect(words(sentences[0])).toEqual([
      'We/PRON/subject',
      'do/AUX',
      "n't/PART",
      'run/VERB',
      '(/PUNCT',
      '"/PUNCT',
      'now/ADV',
      '"/PUNCT',
      ')/PUNCT',
      './PUNCT',
    ]);
    expect(words(sentences[1])[0]).toBe('Somebody/PRON/subject');
  });

  it.each([
    ['a word that is not in the text', conllu.replace('4\trun\trun', '4\trunning\trun')],
    ['a line that is cut short', conllu.replace('4\trun\trun\tVERB\tVB\t_\t0\troot\t_\t_', '4\trun\trun')],
  ])('passes over a sentence with %s', (_, file) => {
    const { sentences, passed } = readConllu(file);
    expect(passed).toBe(1);
    expect(sentences.map(({ text }) => text)).toEqual(['Somebody was seen.']);
  });

  it('takes whatever bytes come', () => {
    for (const file of ['', '\n\n\n', 'no such thing', '# text = alone', '1\t2\t3', '\u0000\uffff\t'.repeat(9)])
      expect(readConllu(file).sentences).toEqual([]);
  });
});

const instance = (sense, before, word, after) =>
  `<instance id="x"><answer instance="x" senseid="${sense}"/><context> ${before.map((one) => `<wf pos="X">${one}</wf>`).join(' ')} <head> <wf pos="X">${word}</wf></head> ${after.map((one) => `<wf pos="X">${one}</wf>`).join(' ')} </context></instance>`;

describe('Senseval', () => {
  it('gives running text and where the word stands', () => {
    const file = `<corpus>${instance('cord', ['``', 'the', 'AT&amp;T'], 'line', ['is', "n't", 'good', ',', "''"])}${instance('text', [], 'Lines', [])}</corpus>`;
    const { rows, passed } = readSenseval(file);
    expect(passed).toBe(0);
    expect(rows.map(({ text }) => text)).toEqual(['"the AT&T line isn\'t good,"', 'Lines']);
    expect(rows.map(({ sense, text, start, end }) => `${sense} ${text.slice(start, end)}`)).toEqual(['cord line', 'text Lines']);
  });

  it('keeps thirty words on each side', () => {
    const [row] = readSenseval(instance('a', Array(50).fill('x'), 'line', Array(50).fill('y'))).rows;
    expect(row.text).toBe(`${'x '.repeat(30)}line${' y'.repeat(30)}`);
  });

  it('passes over what has no sense, no word or no end', () => {
    const good = instance('a', ['x'], 'line', ['y']);
    expect(readSenseval(good.replace('senseid="a"', '')).passed).toBe(1);
    expect(readSenseval(good.replace('<head>', '')).passed).toBe(1);
    expect(readSenseval(good.replace('<wf pos="X">line</wf></head> <wf pos="X">y</wf>', '</head>')).passed).toBe(1);
    for (const file of ['', good.slice(0, 60), '<instance>', '\u0000\uffff']) expect(readSenseval(file).rows).toEqual([]);
  });
});

describe('choosing', () => {
  it('evenly goes from the beginning to the end', () => {
    expect(evenly([1, 2, 3, 4, 5, 6, 7], 3)).toEqual([1, 3, 5]);
    expect(evenly([1, 2], 3)).toEqual([1, 2]);
  });

  it('balanced takes as many of each sense, and leaves the rare ones out', () => {
    const rows = [...'aaabbbbbbc'].map((sense, n) => ({ sense, n }));
    expect(
      balanced(rows, 3, 2)
        .map(({ sense }) => sense)
        .join(''),
    ).toBe('aaabbb');
  });
});

describe('the real files', () => {
  const ewt = `${data}/ud_english_ewt/en_ewt-ud-test.conllu.xz`;
  it.skipIf(!existsSync(ewt))('EWT: nearly every sentence of the test part is placed', () => {
    const { sentences, passed } = readConllu(execFileSync('xz', ['-dc', ewt], { maxBuffer: 2 ** 27 }).toString('utf8'));
    expect(sentences.length + passed).toBe(2077);
    expect(passed).toBeLessThan(20);
    const subjects = sentences.flatMap(({ words }) => words).filter(({ subject }) => subject).length;
    expect(subjects).toBeGreaterThan(1500);
  });

  const zip = `${data}/nltk_masc_senseval/senseval.zip`;
  it.skipIf(!existsSync(zip))('Senseval: nearly every instance has its sense and its word', () => {
    const files = unzipSync(readFileSync(zip));
    const counts = { line: 4146, hard: 4333, serve: 4378, interest: 2368 };
    for (const [word, instances] of Object.entries(counts)) {
      const { rows, passed } = readSenseval(Buffer.from(files[`senseval/${word}.pos`]).toString('utf8'));
      expect(rows.length + passed).toBe(instances);
      expect(passed).toBeLessThan(10);
      for (const { text, start, end } of rows.slice(0, 50))
        expect(text.slice(start, end).toLowerCase()).toContain(word === 'serve' ? 'serv' : word);
    }
  });
});
