// Digits for the figures of a page, shared by all of them: the networks that ship, digits by the seeded pen, the network that a reader
// is training, and MNIST's own files where the reader has dropped them.
import { batch, type Signal, signal } from '@preact/signals-core';
import type { Examples, Lab, Network } from '../engine/index.ts';
import { asFailure, type Failure } from './model.ts';

export type ShippedName = 'digits' | 'digits-mlp';

/** A network in training, as it stands: `step` changes whenever its weights have. */
export interface LiveNetwork {
  network: Network;
  step: number;
}

/** Real digits that the reader has brought. */
export interface RealDigits {
  examples: Examples;
  /** The file of images. */
  name: string;
  /** Whether these are MNIST's 10,000 test images, of which the shipped networks were trained on 8,000. */
  testSet: boolean;
}

/** A file as the page hands it over. */
export interface GivenFile {
  name: string;
  size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

type Engine = () => Promise<Pick<Lab, 'network' | 'strokeDigits' | 'idxDigits' | 'rasterize' | 'newNetwork' | 'explainPair'>>;

/** MNIST's test set has so many images. */
const testSetSize = 10_000;
/** 60,000 images of 28 × 28 in one byte each, and the header. */
const mostBytes = 48_000_000;

export class DigitSource {
  readonly live: Signal<LiveNetwork | null> = signal<LiveNetwork | null>(null);
  readonly real: Signal<RealDigits | null> = signal<RealDigits | null>(null);
  readonly reading: Signal<boolean> = signal(false);
  /** What is wrong with the files, or still missing. */
  readonly failure: Signal<Failure | null> = signal<Failure | null>(null);
  /** One of the two files, waiting for the other. */
  readonly half: Signal<{ kind: FileKind; name: string } | null> = signal<{ kind: FileKind; name: string } | null>(null);
  readonly #shipped = new Map<ShippedName, Promise<Network>>();
  readonly #strokes = new Map<string, Promise<Examples>>();
  #waiting: GivenFile | null = null;

  constructor(readonly engine: Engine) {}

  shipped(name: ShippedName): Promise<Network> {
    return remembered(this.#shipped, name, async () => (await this.engine()).network(name));
  }

  /** Digits by the seeded pen; the same for every figure that asks for the same. They stay: dispose of none. */
  strokes(count: number, seed: number): Promise<Examples> {
    return remembered(this.#strokes, `${count}/${seed}`, async () => (await this.engine()).strokeDigits({ count, seed }));
  }

  /** The two IDX files, together or one after the other, in any order. What is wrong is kept in words, and what was there before stays. */
  async take(files: readonly GivenFile[]): Promise<void> {
    if (files.length === 0) return;
    const given = new Map<FileKind, GivenFile>();
    this.failure.value = null;
    for (const file of files) {
      const kind = kindOf(file.name);
      if (!kind)
        return this.#refuse(`“${file.name}” is neither MNIST’s images nor its labels: the names hold “images” or “labels”. ${wanted}`);
      if (given.has(kind))
        return this.#refuse(
          `“${given.get(kind)?.name}” and “${file.name}” are both files of ${kind}. One of images and one of labels belong together.`,
        );
      if (file.size > mostBytes) return this.#refuse(`“${file.name}” has more bytes than any of MNIST’s files. ${wanted}`);
      given.set(kind, file);
    }
    if (given.size === 1) {
      const [kind, file] = [...given][0] as [FileKind, GivenFile];
      const half = this.half.peek();
      if (!half || half.kind === kind || !this.#waiting) {
        this.#waiting = file;
        this.half.value = { kind, name: file.name };
        return;
      }
      given.set(half.kind, this.#waiting);
    }
    await this.#read(given.get('images') as GivenFile, given.get('labels') as GivenFile);
  }

  async #read(images: GivenFile, labels: GivenFile): Promise<void> {
    this.reading.value = true;
    try {
      const [imageBytes, labelBytes] = await Promise.all([images, labels].map(async (file) => new Uint8Array(await file.arrayBuffer())));
      const examples = await (await this.engine()).idxDigits(imageBytes as Uint8Array, labelBytes as Uint8Array);
      const before = this.real.peek();
      this.real.value = { examples, name: images.name, testSet: examples.count === testSetSize };
      void before?.examples.dispose();
    } catch (error) {
      const failure = asFailure(error);
      this.failure.value = { ...failure, message: `${images.name}, ${labels.name}: ${failure.message}` };
    } finally {
      batch(() => {
        this.#waiting = null;
        this.half.value = null;
        this.reading.value = false;
      });
    }
  }

  #refuse(message: string): void {
    this.failure.value = { code: 'bad-file', message, detail: '' };
  }
}

export type FileKind = 'images' | 'labels';

/** The names that MNIST's files have. */
export const mnistFiles: readonly (readonly [images: string, labels: string])[] = [
  ['train-images-idx3-ubyte.gz', 'train-labels-idx1-ubyte.gz'],
  ['t10k-images-idx3-ubyte.gz', 't10k-labels-idx1-ubyte.gz'],
];
const wanted = `Wanted are ${mnistFiles.map((pair) => pair.join(' with ')).join(', or ')}; with or without .gz.`;

function kindOf(name: string): FileKind | null {
  const [images, labels] = [/images/i.test(name), /labels/i.test(name)];
  return images === labels ? null : images ? 'images' : 'labels';
}

/** What `make` gave for `key`; asked anew after a failure. */
function remembered<K, T>(known: Map<K, Promise<T>>, key: K, make: () => Promise<T>): Promise<T> {
  const before = known.get(key);
  if (before) return before;
  const made = make();
  known.set(key, made);
  made.catch(() => known.delete(key));
  return made;
}

/** What a network says of one row, each number with its address. */
export interface Answer {
  logits: Float32Array;
  probabilities: Float32Array;
  predicted: number;
  source: { explain: Awaited<ReturnType<Network['forward']>>['explain'] };
}

export async function answerOf(network: Pick<Network, 'forward'>, x: Float32Array): Promise<Answer> {
  const forward = await network.forward(x);
  return { logits: forward.logits.data, probabilities: forward.probabilities.data, predicted: forward.predicted[0] ?? 0, source: forward };
}
