// The worker: it owns the engine's modules and answers one question after the other. The same script runs in browsers and in Node.
import * as attention from './attention.ts';
import { LabError, unwrap } from './errors.ts';
import { instantiate } from './glue.ts';
import { induction } from './induction_worker.ts';
import { Kernels } from './kernels.ts';
import * as learning from './learning.ts';
import { type Models, openModels } from './models.ts';
import { parentPort } from './platform.ts';
import { probes, states } from './probe_worker.ts';
import type { Answer, Ask, CoreQuestions, ModelsQuestions, Progress, QuestionKind, ToWorker } from './protocol.ts';
import { race } from './race.ts';
import { skipGram } from './skip_gram_worker.ts';
import type { Task } from './task.ts';
import { largeBuffers } from './transfer.ts';
import { transformer, transformerRun } from './transformer_worker.ts';
import * as words from './words.ts';

type Handler<M, K extends QuestionKind> = (module: M, ask: Ask<K>, task: Task<Progress<K>>) => Answer<K> | Promise<Answer<K>>;

/** Handlers of any kind of question: for the one place where a question's kind is known to belong to a module. */
type Table<M> = { [K in QuestionKind]: Handler<M, K> };

const core: { [K in keyof CoreQuestions]: Handler<Kernels, K> } = {
  dot: (engine, { a, b }) => engine.dot(a, b),
  norm: (engine, { a }) => engine.norm(a),
  cosine: (engine, { a, b }) => engine.cosine(a, b),
  normalize: (engine, { a }) => engine.normalize(a),
  matvec: (engine, { m, x }) => engine.matvec(m, x),
  matmul: (engine, { a, b }) => engine.matmul(a, b),
  softmax: (engine, { x, temperature }) => engine.softmax(x, { temperature }),
  topK: (engine, { scores, k }) => engine.topK(scores, k),
  randomNormal: (engine, { count, seed }) => engine.randomNormal(count, { seed }),
  trace: (engine, { a, b }) => engine.trace(a, b),
  pair: (engine, { a, b }) => engine.pair(a, b),
  explainPair: (engine, { address, a, b }) => engine.explainPair(address, a, b),
  race,
  memory: ({ heap }) => {
    const second = opened?.heap;
    return { heapBytes: heap.heapBytes + (second?.heapBytes ?? 0), usedBytes: heap.usedBytes + (second?.usedBytes ?? 0) };
  },

  wordsOpen: words.open,
  wordsOpenRows: words.openRows,
  wordsClose: ({ module }, { handle }) => {
    module.wordsClose(handle);
    return null;
  },
  wordsAll: words.all,
  wordsHas: words.has,
  wordsVector: ({ module }, { handle, word, unit }) => unwrap(module.wordsVector(handle, word, unit)),
  wordsSimilarity: ({ module }, { handle, a, b }) => unwrap(module.wordsSimilarity(handle, a, b)),
  wordsNearest: words.nearest,
  wordsAnalogy: words.analogy,
  wordsPlane: words.plane,
  wordsExplain: ({ module }, { handle, address }) => unwrap(module.wordsExplain(handle, address)),
  wordsBenchmark: words.benchmark,
  wordsTexts: words.texts,
};

const models: { [K in keyof ModelsQuestions]: Handler<Models, K> } = {
  examplesMake: learning.examples.make,
  examplesStrokes: learning.examples.strokes,
  examplesIdx: learning.examples.idx,
  examplesRows: learning.examples.rows,
  examplesLabels: learning.examples.labels,
  examplesSplit: learning.examples.split,
  examplesStandardize: learning.examples.standardize,
  examplesClose: learning.examples.close,
  rasterize: learning.rasterize,

  networkMake: learning.network.make,
  networkOpen: learning.network.open,
  networkLayer: learning.network.layer,
  networkSetLayers: learning.network.setLayers,
  networkSetRow: learning.network.setRow,
  networkForward: learning.network.forward,
  networkExplain: learning.network.explain,
  networkEvaluate: learning.network.evaluate,
  networkFlip: learning.network.flip,
  networkCopy: learning.network.copy,
  networkClose: learning.network.close,

  trainingMake: learning.training.make,
  trainingStep: learning.training.step,
  trainingRun: learning.training.run,
  trainingCurve: learning.training.curve,
  trainingSave: learning.training.save,
  trainingRestore: learning.training.restore,
  trainingExplain: learning.training.explain,
  trainingClose: learning.training.close,

  transformerOpen: transformer.open,
  transformerTokens: transformer.tokens,
  transformerRun: transformer.run,
  transformerGenerate: transformer.generate,
  transformerHeadScores: transformer.headScores,
  transformerRepeats: transformer.repeats,
  transformerClose: transformer.close,
  runLogits: transformerRun.logits,
  runGuesses: transformerRun.guesses,
  runAttention: transformerRun.attention,
  runAllAttention: transformerRun.allAttention,
  runHidden: transformerRun.hidden,
  runHead: transformerRun.head,
  runSurprise: transformerRun.surprise,
  runOperations: transformerRun.operations,
  runExplain: transformerRun.explain,
  runClose: transformerRun.close,

  transformerStates: states.open,
  statesAdd: states.add,
  statesRows: states.rows,
  statesFit: states.fit,
  statesProbe: states.probe,
  statesLeaveOut: states.leaveOut,
  statesDrift: states.drift,
  statesPlane: states.plane,
  statesClose: states.close,
  inductionMake: induction.make,
  inductionAdvance: induction.advance,
  inductionWithout: induction.without,
  inductionRun: induction.run,
  inductionClose: induction.close,

  skipGramMake: skipGram.make,
  skipGramTrain: skipGram.train,
  skipGramVector: skipGram.vector,
  skipGramVectors: skipGram.vectors,
  skipGramNearest: skipGram.nearest,
  skipGramClose: skipGram.close,

  probeRead: probes.read,
  probeExplain: probes.explain,
  probeClose: probes.close,

  singular: learning.singular,
  singularExplain: learning.explainSingular,

  attention: attention.attention,
  attentionExplain: attention.explainAttention,
  selfAttention: attention.selfAttention,
  selfAttentionExplain: attention.explainSelfAttention,
  softmaxRow: attention.softmaxRow,
  softmaxExplain: attention.explainSoftmax,
  randomDots: attention.randomDots,
  randomPair: attention.randomPair,
  randomExplain: attention.explainRandom,
};

let engine: Promise<Kernels> | undefined;
/** The second module, once it is here; what waits for it; and how the page's word ends the wait. */
let opened: Models | undefined;
let opening: Promise<Models> | undefined;
let settle: { resolve(compiled: WebAssembly.Module): void; reject(error: LabError): void } | undefined;
const running = new Map<number, AbortController>();

const send = parentPort((message: ToWorker) => {
  if (message.type === 'start') {
    engine = instantiate(message.compiled).then((module) => new Kernels(module));
    engine.then(
      () => send({ type: 'ready' }),
      () => {},
    );
  } else if (message.type === 'models') {
    if ('compiled' in message) settle?.resolve(message.compiled);
    else settle?.reject(LabError.fromRecord(message.error));
  } else if (message.type === 'cancel') {
    running.get(message.id)?.abort(new LabError('aborted', 'Stopped, as asked.'));
  } else {
    void answer(message.id, message.kind, message.ask);
  }
});

/** The second module. The page fetches and compiles it, for a worker from a blob cannot; after a failure the next question asks again. */
function secondModule(): Promise<Models> {
  opening ??= new Promise<WebAssembly.Module>((resolve, reject) => {
    settle = { resolve, reject };
    send({ type: 'want-models' });
  })
    .then(openModels)
    .then((module) => (opened = module))
    .catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
  return opening;
}

async function answer<K extends QuestionKind>(id: number, kind: K, ask: unknown): Promise<void> {
  const controller = new AbortController();
  running.set(id, controller);
  try {
    if (!engine) throw new Error('a question came before the engine');
    const task: Task<Progress<K>> = { signal: controller.signal, progress: (progress) => send({ type: 'progress', id, progress }) };
    const result = await handle(kind, ask as Ask<K>, task, await engine);
    send({ type: 'answer', id, answer: result }, largeBuffers(result));
  } catch (error) {
    // Only our own errors leave the engine's memory as it should be.
    if (error instanceof LabError) send({ type: 'error', id, error: error.toRecord(), fatal: false });
    else send({ type: 'error', id, error: { code: 'worker-died', message: String(error), detail: '' }, fatal: true });
  } finally {
    running.delete(id);
  }
}

async function handle<K extends QuestionKind>(kind: K, ask: Ask<K>, task: Task<Progress<K>>, kernels: Kernels): Promise<Answer<K>> {
  if (kind in core) return (core as Table<Kernels>)[kind](kernels, ask, task);
  const module = await secondModule();
  task.signal.throwIfAborted();
  return (models as Table<Models>)[kind](module, ask, task);
}
