// Opening the lab: which binary, where its file lies, and the worker that runs it.
import { relaxedSimd, simd } from 'wasm-feature-detect';
import { assets, type FileName, fileNames } from './assets.ts';
import { Client } from './client.ts';
import { LabError } from './errors.ts';
import { WorkerLab } from './lab.ts';
import { type Listener, nodeModule, startWorker } from './platform.ts';
import type { Binary, FileSource, Lab, LoadOptions } from './types.ts';

/**
 * Open the lab: fetch and compile the engine that this browser can run, and start its worker. Several calls open several labs;
 * one lab serves a whole page.
 * @throws {LabError} `no-simd`, `not-found`, `network`, `bad-file`, `bad-option`
 */
export async function loadLab(options: LoadOptions = {}): Promise<Lab> {
  const binary = await bestBinary(options);
  const models = once(() => compileModels(binary, options));
  if (options.models) models().catch(() => {}); // the first who asks is told
  const [compiled, { default: text }] = await Promise.all([compileCore(binary, options), import('../../build/engine/worker.js')]);
  const start = (listener: Listener) => {
    const channel = startWorker(text, listener);
    channel.post({ type: 'start', compiled });
    return channel;
  };
  const client = new Client(start, models);
  return new WorkerLab(client, binary, (name) => {
    const source = locate(name, options);
    return source instanceof Uint8Array ? source : source.href;
  });
}

/** The compiled core, in the binary that this machine can run best or that was asked for. */
export async function compileBest(options: LoadOptions): Promise<{ binary: Binary; compiled: WebAssembly.Module }> {
  const binary = await bestBinary(options);
  return { binary, compiled: await compileCore(binary, options) };
}

const compileCore = async (binary: Binary, options: LoadOptions) => compile(locate(binary, options));

/** The compiled second module, in the same binary as the core. */
export const compileModels = async (binary: Binary, options: LoadOptions) => compile(locate(`models-${binary}`, options));

/** Makes it on the first call and hands every later one the same; after a failure the next call tries again. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

/** The binary that was asked for, or the best that this machine runs. */
export async function bestBinary({ binary: wanted }: LoadOptions): Promise<Binary> {
  if (wanted !== undefined && wanted !== 'simd128' && wanted !== 'relaxed') {
    throw new LabError('bad-option', `binary is ${JSON.stringify(wanted)}. Give "simd128" or "relaxed", or leave it out.`);
  }
  if (!(await simd())) {
    throw new LabError(
      'no-simd',
      'This browser is too old for the lab: it lacks WebAssembly SIMD. Chrome and Edge run it from 100, Firefox from 113, Safari from 16.4.',
    );
  }
  const relaxed = await relaxedSimd();
  if (wanted === 'relaxed' && !relaxed)
    throw new LabError('no-simd', 'This machine does not run relaxed SIMD. Leave `binary` out and the other engine is taken.');
  return wanted ?? (relaxed ? 'relaxed' : 'simd128');
}

/** Where a file is: given as bytes or address, in the folder that was named, or beside this module. */
function locate(name: FileName, { files, baseUrl }: LoadOptions): URL | Uint8Array {
  const given: FileSource | undefined = files?.[name];
  if (given instanceof ArrayBuffer) return new Uint8Array(given);
  if (given instanceof Uint8Array) return given;
  if (given !== undefined) return absolute(given);
  if (baseUrl === undefined) return assets[name];
  const folder = absolute(baseUrl);
  if (!folder.pathname.endsWith('/')) folder.pathname += '/';
  return new URL(fileNames[name], folder);
}

/** An absolute address; a relative one counts from the page, or from Node's working folder. */
function absolute(address: string | URL): URL {
  const base = globalThis.document?.baseURI ?? globalThis.location?.href ?? `file://${globalThis.process?.cwd?.() ?? ''}/`;
  try {
    return new URL(address, base);
  } catch {
    throw new LabError('bad-option', `${String(address)} is not an address. Give a URL such as "/lab/".`);
  }
}

async function compile(source: URL | Uint8Array): Promise<WebAssembly.Module> {
  const bytes = source instanceof URL ? await read(source) : source;
  try {
    if (!(bytes instanceof Response)) return await WebAssembly.compile(bytes as BufferSource);
    // Compiling while it downloads wants the right type from the server; without it, download first.
    const streams = bytes.headers.get('content-type')?.startsWith('application/wasm') && WebAssembly.compileStreaming;
    return await (streams ? WebAssembly.compileStreaming(bytes) : WebAssembly.compile(await bytes.arrayBuffer()));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (/unsafe-eval|Content Security Policy|disallowed by embedder/i.test(reason)) {
      throw new LabError('blocked', "The page's Content-Security-Policy forbids WebAssembly. Add 'wasm-unsafe-eval' to its script-src.");
    }
    throw new LabError(
      'bad-file',
      `${source instanceof URL ? source.href : 'The file'} is not the engine (${reason}). Check what the server sends for it.`,
    );
  }
}

async function read(url: URL): Promise<Response | Uint8Array> {
  if (url.protocol === 'file:') {
    const files = nodeModule('node:fs');
    if (!files)
      throw new LabError('network', 'Browsers do not let a page read files from disk. Serve the folder, or use the single-file build.');
    try {
      return await files.promises.readFile(url);
    } catch {
      throw new LabError(
        'not-found',
        `${url.href} cannot be read. Run \`npm run build:engine\`, or give loadLab the folder that has it as baseUrl.`,
      );
    }
  }
  let response: Response;
  try {
    response = await fetch(url);
  } catch {
    throw new LabError('network', `${url.href} could not be fetched. Check the connection, then try again.`);
  }
  if (!response.ok) {
    throw new LabError(
      response.status === 404 ? 'not-found' : 'network',
      `${url.href} answers ${response.status}. Check that the file is there, or give loadLab the folder that has it as baseUrl.`,
    );
  }
  return response;
}
