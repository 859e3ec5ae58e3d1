// A transformer as the page sees it: texts in, tokens with their places out. The model lies in the worker; what its tokens are called, here.
import type { AskOptions, Client } from './client.ts';
import { LabError } from './errors.ts';
import { Handle, type HandleKind } from './handle.ts';
import { headScores } from './head_scores.ts';
import type { Answer, Ask } from './protocol.ts';
import { Shared } from './shared.ts';
import { type AlignedText, bytesOf, foldText, placeTokens, readBytes, type TokenText, tokenTexts, unitsOf } from './token_text.ts';
import type { TransformerParts } from './transformer_protocol.ts';
import { checkPatches, checkPlaces, RemoteRun } from './transformer_run.ts';
import type {
  Continuation,
  GenerateOptions,
  HeadScores,
  HeadScoresOptions,
  RunOptions,
  TextToken,
  Transformer,
  TransformerCalls,
  TransformerRun,
} from './transformer_types.ts';
import type { NumberArray } from './types.ts';
import * as check from './validate.ts';

/** Models that ship with the lab. */
export const transformerNames = ['writer', 'reader'] as const;
export type TransformerName = (typeof transformerNames)[number];

type LoadingOptions = NonNullable<Parameters<TransformerCalls['transformer']>[1]>;

const DEFAULT_COUNT = 40;

/** The shipped models, each opened once for all who ask. */
export class Transformers {
  private readonly shared = new Map<string, Shared<Transformer>>();

  /** @param source the address or the bytes of a model's file */
  constructor(
    private readonly client: Client,
    private readonly source: (name: TransformerName) => string | Uint8Array,
  ) {}

  async get(name: TransformerName, options: LoadingOptions = {}): Promise<Transformer> {
    if (!transformerNames.includes(name)) {
      const known = transformerNames.map((one) => `"${one}"`).join(' and ');
      throw new LabError('unknown-name', `There is no transformer named ${JSON.stringify(name)}. The lab ships ${known}.`);
    }
    let shared = this.shared.get(name);
    if (!shared) {
      shared = new Shared((onProgress, signal) => this.open(name, onProgress, signal));
      this.shared.set(name, shared);
    }
    return shared.get(options);
  }

  private async open(
    name: TransformerName,
    onProgress: (loaded: number, total: number) => void,
    signal?: AbortSignal,
  ): Promise<Transformer> {
    const load = () =>
      this.client.ask(
        'transformerOpen',
        { source: this.source(name) },
        { signal, onProgress: ({ loaded, total }) => onProgress(loaded, total) },
      );
    return new RemoteTransformer(this.client, name, await load(), load, () => this.shared.get(name)?.forget());
  }
}

/** Questions about a model, without the handle. */
type ModelKind = HandleKind & `transformer${string}`;

export class RemoteTransformer implements Transformer {
  private readonly texts: readonly TokenText[];
  private handle: Handle;
  private disposed = false;
  private reopening: Promise<void> | undefined;

  /**
   * @param reopen loads the model into a new worker after the old one died
   * @param onDispose is told when the model is disposed of
   */
  constructor(
    private readonly client: Client,
    readonly name: string,
    private readonly parts: TransformerParts,
    private readonly reopen: () => Promise<TransformerParts>,
    private readonly onDispose: () => void = () => {},
  ) {
    this.texts = tokenTexts(parts.texts, parts.ends);
    this.handle = this.hold(parts);
  }

  get layers(): number {
    return this.parts.layers;
  }
  get heads(): number {
    return this.parts.heads;
  }
  get width(): number {
    return this.parts.width;
  }
  get hidden(): number {
    return this.parts.hidden;
  }
  get vocabulary(): number {
    return this.parts.vocabulary;
  }
  get context(): number {
    return this.parts.context;
  }
  get causal(): boolean {
    return this.parts.causal;
  }
  get figures(): Readonly<Record<string, number>> {
    return this.parts.figures;
  }

  async tokens(text: string): Promise<TextToken[]> {
    const folded = foldText(check.checkText(text, 'text'));
    const ids = await this.ask('transformerTokens', { bytes: folded.bytes }, { transfer: [] });
    if (ids.length > this.context) throw this.tooLong(ids, folded);
    return placeTokens(ids, this.texts, folded);
  }

  async run(input: string | readonly TextToken[] | NumberArray, options: RunOptions = {}): Promise<TransformerRun> {
    const tokens = typeof input === 'string' ? await this.tokens(input) : this.given(input);
    const ask = {
      tokens: Uint32Array.from(tokens, ({ id }) => id),
      ablate: checkPlaces(options.ablate, this),
      ...checkPatches(options.patch, this, tokens.length),
    };
    const handle = await this.ask('transformerRun', ask);
    return new RemoteRun(this.client, handle, tokens, (id) => (this.texts[id] as TokenText).name);
  }

  /** Room for the states of words, as probe_lab.ts fills it: its number in the worker. */
  async openStates(): Promise<number> {
    return this.ask('transformerStates', {});
  }

  async generate(text: string, options: GenerateOptions = {}): Promise<Continuation> {
    const { count = DEFAULT_COUNT, temperature = 1, topK, seed = 1, onToken, signal } = options;
    check.checkInteger(count, 'count', 1, check.MOST);
    check.checkBetween(temperature, 'temperature', 0, 1e6);
    if (topK !== undefined) check.checkInteger(topK, 'topK', 1, check.MOST);
    check.checkInteger(seed, 'seed', 0, Number.MAX_SAFE_INTEGER);
    if (onToken !== undefined && typeof onToken !== 'function')
      throw new LabError('bad-option', 'onToken is no function. Give one, or leave it out.');
    const tokens = Uint32Array.from(await this.tokens(text), ({ id }) => id);
    const come: number[] = [];
    const added = await this.ask(
      'transformerGenerate',
      { tokens, count, temperature, topK: topK ?? 0, seed },
      {
        signal,
        onProgress: (id) => {
          come.push(id);
          onToken?.(this.placed(come, text.length).tokens.at(-1) as TextToken);
        },
      },
    );
    return this.placed(added, text.length);
  }

  headScores(options: HeadScoresOptions): Promise<HeadScores[]> {
    return headScores(this, options, {
      scores: (tokens, starts) => this.ask('transformerHeadScores', { tokens, starts }),
      repeats: (count, seed) => this.ask('transformerRepeats', { count, seed }),
    });
  }

  async token(id: number): Promise<string> {
    this.checkLiving();
    return (this.texts[check.checkInteger(id, 'id', 0, this.vocabulary - 1)] as TokenText).name;
  }

  async dispose(): Promise<void> {
    if (this.disposed) return;
    this.disposed = true;
    this.onDispose();
    await this.handle.dispose();
  }

  /** Tokens that were given by number, or as they came from `tokens`. */
  private given(input: readonly TextToken[] | NumberArray): TextToken[] {
    if (!Array.isArray(input) && !ArrayBuffer.isView(input))
      throw new LabError('bad-option', 'The input is no text, no list of tokens and no list of token numbers. Give one of these.');
    const all = Array.from(input as ArrayLike<number | TextToken>);
    const ids = all.map((one, t) => check.checkInteger(typeof one === 'object' ? one?.id : one, `token ${t}`, 0, this.vocabulary - 1));
    if (ids.length === 0) ids.push(0);
    if (ids.length > this.context) {
      throw new LabError('too-long', `There are ${ids.length} tokens, and this model reads at most ${this.context}. Give fewer.`, '');
    }
    const places = placeTokens(ids, this.texts, readBytes(bytesOf(ids, this.texts)));
    const known = (one: unknown): one is TextToken => typeof one === 'object' && Number.isInteger((one as TextToken)?.start);
    return places.map((token, t) => {
      const one = all[t];
      return known(one) ? { ...token, start: one.start, end: one.end } : token;
    });
  }

  /** Tokens that follow a text of so many UTF-16 units. */
  private placed(ids: ArrayLike<number>, after: number): Continuation {
    const read = readBytes(bytesOf(ids, this.texts));
    const tokens = placeTokens(ids, this.texts, read);
    return { text: read.text, tokens: tokens.map((token) => ({ ...token, start: after + token.start, end: after + token.end })) };
  }

  private tooLong(ids: Uint32Array, folded: AlignedText): LabError {
    const fits = unitsOf(folded, bytesOf(ids.subarray(0, this.context), this.texts).length);
    return new LabError(
      'too-long',
      `The text has ${ids.length} tokens with its beginning, and this model reads at most ${this.context}. Its first ${fits} characters fit.`,
      String(fits),
    );
  }

  private checkLiving(): void {
    if (this.disposed) throw new LabError('disposed', `The transformer "${this.name}" was disposed of. Load it again.`);
  }

  private hold({ handle }: TransformerParts): Handle {
    return new Handle(this.client, handle, `The transformer "${this.name}"`, 'transformerClose');
  }

  private async ask<K extends ModelKind>(kind: K, ask: Omit<Ask<K>, 'handle'>, options: AskOptions<K> = {}): Promise<Answer<K>> {
    this.checkLiving();
    if (!this.handle.alive) await this.renew();
    return this.handle.ask(kind, ask, options);
  }

  /** Loads the model into the worker that followed a dead one. */
  private async renew(): Promise<void> {
    this.reopening ??= this.reopen()
      .then((parts) => {
        this.handle = this.hold(parts);
      })
      .finally(() => {
        this.reopening = undefined;
      });
    await this.reopening;
  }
}
