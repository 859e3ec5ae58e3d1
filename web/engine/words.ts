// The worker's half of word vectors: from handles and words to engine calls.
import { download } from './download.ts';
import { unwrap } from './errors.ts';
import type { Kernels } from './kernels.ts';
import type { TextVectors } from './learning_types.ts';
import type { Answer, Ask, Opened, Progress } from './protocol.ts';
import { pause, type Task } from './task.ts';
import type { AnalogyQuestion, SectionScore } from './types.ts';

/** A list of words as the engine takes it. */
const lines = (words: string[]) => words.map((word) => `${word}\n`).join('');

/** Questions in one matrix product: some tens of milliseconds, so that other questions need not wait long. */
const BLOCK = 256;
/** Wrong answers kept of a section. */
const MOST_WRONG = 20;
/** What the engine says where there is no such word, or no answer. */
const NONE = 0xffffffff;

export async function open(
  { heap, module }: Kernels,
  { source }: Ask<'wordsOpen'>,
  { signal, progress }: Task<Progress<'wordsOpen'>>,
): Promise<Opened> {
  const bytes = await download(source, (loaded, total) => progress({ loaded, total }), signal);
  signal.throwIfAborted();
  return unwrap(heap.withBytes(bytes, (address) => module.wordsOpen(address, bytes.length)));
}

export function openRows({ heap, module }: Kernels, { words, rows, dimensions }: Ask<'wordsOpenRows'>): Opened {
  heap.begin(1, rows.length);
  return unwrap(module.wordsOpenRows(lines(words), heap.put(rows), rows.length / dimensions, dimensions));
}

export function all({ module }: Kernels, { handle }: Ask<'wordsAll'>): string[] {
  return module.wordsAll(handle).split('\n').slice(0, -1);
}

/** Indices of words as people type them: spaces around them dropped, capitals lowered where only that spelling is there. */
function indices({ module }: Kernels, handle: number, words: string[]): Uint32Array {
  const trimmed = words.map((word) => word.trim());
  const exact = module.wordsIndices(handle, lines(trimmed));
  if (!exact.includes(NONE)) return exact;
  const lowered = module.wordsIndices(handle, lines(trimmed.map((word) => word.toLowerCase())));
  return exact.map((index, i) => (index === NONE ? (lowered[i] as number) : index));
}

export const has = (kernels: Kernels, { handle, word }: Ask<'wordsHas'>): boolean =>
  word.trim() !== '' && indices(kernels, handle, [word])[0] !== NONE;

export function nearest({ heap, module }: Kernels, { handle, to, count }: Ask<'wordsNearest'>): Answer<'wordsNearest'> {
  if (typeof to === 'string') return unwrap(module.wordsNearest(handle, to, count));
  heap.begin(1, to.length);
  return unwrap(module.wordsNearestTo(handle, heap.put(to), to.length, count));
}

export function analogy({ module }: Kernels, { handle, query }: Ask<'wordsAnalogy'>): Answer<'wordsAnalogy'> {
  const { plus, minus, count, keepQuestion, method } = query;
  return unwrap(module.wordsAnalogy(handle, lines(plus), lines(minus), count, keepQuestion, method === 'mul'));
}

export function plane({ module }: Kernels, { handle, words }: Ask<'wordsPlane'>): Answer<'wordsPlane'> {
  return unwrap(module.wordsPlane(handle, lines(words)));
}

/** Words come back as one text: a line per text, words between spaces. */
export function texts({ module }: Kernels, { handle, texts: asked }: Ask<'wordsTexts'>): TextVectors {
  const answer = unwrap(module.wordsTexts(handle, lines(asked.map((text) => text.replaceAll('\n', ' ')))));
  const listed = (text: string) =>
    text
      .split('\n')
      .slice(0, -1)
      .map((line) => line.split(' ').filter(Boolean));
  return { vectors: answer.vectors, used: listed(answer.used), unknown: listed(answer.unknown) };
}

export async function benchmark(
  kernels: Kernels,
  { handle, sections, method, keepQuestion }: Ask<'wordsBenchmark'>,
  { signal, progress }: Task<Progress<'wordsBenchmark'>>,
): Promise<Answer<'wordsBenchmark'>> {
  const vocabulary = all(kernels, { handle });
  const total = sections.reduce((sum, section) => sum + section.questions.length, 0);
  const scores: SectionScore[] = [];
  let done = 0;
  for (const { name, questions } of sections) {
    const score: SectionScore = { name, correct: 0, seen: 0, skipped: 0, wrong: [] };
    scores.push(score);
    for (let start = 0; start < questions.length; start += BLOCK) {
      const block = questions.slice(start, start + BLOCK);
      answerBlock(kernels, handle, block, method === 'mul', keepQuestion, vocabulary, score);
      done += block.length;
      progress({ done, total, sections: scores });
      await pause();
      signal.throwIfAborted();
    }
  }
  const sum = (key: 'correct' | 'seen' | 'skipped') => scores.reduce((so_far, score) => so_far + score[key], 0);
  return { sections: scores, correct: sum('correct'), seen: sum('seen'), skipped: sum('skipped') };
}

/** Answers up to BLOCK questions with one call and adds them to the score. */
function answerBlock(
  kernels: Kernels,
  handle: number,
  block: AnalogyQuestion[],
  multiply: boolean,
  keepQuestion: boolean,
  vocabulary: string[],
  score: SectionScore,
): void {
  const { heap, module } = kernels;
  const places = indices(kernels, handle, block.flat());
  const seen = block.map((_, q) => q).filter((q) => !places.subarray(4 * q, 4 * q + 4).includes(NONE));
  score.seen += seen.length;
  score.skipped += block.length - seen.length;
  if (seen.length === 0) return;

  heap.begin(2, 4 * seen.length);
  const questions = heap.room(3 * seen.length);
  const answers = heap.room(seen.length);
  heap.integers(questions, 3 * seen.length).set(seen.flatMap((q) => [...places.subarray(4 * q, 4 * q + 3)]));
  module.wordsAnswer(handle, questions, seen.length, keepQuestion, multiply, answers);

  const found = heap.integers(answers, seen.length);
  for (const [i, q] of seen.entries()) {
    if (found[i] === places[4 * q + 3]) ++score.correct;
    else if (score.wrong.length < MOST_WRONG)
      score.wrong.push({ question: block[q] as AnalogyQuestion, answer: vocabulary[found[i] as number] ?? '' });
  }
}
