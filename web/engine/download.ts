// A data file from a server, from disk (Node) or from bytes at hand, opened if it is compressed.
import { LabError } from './errors.ts';
import { nodeModule } from './platform.ts';

/**
 * The bytes at an address, decompressed. Whether they are gzip is seen from their first two bytes: some servers have opened
 * the file already, and say so or not.
 * @param onProgress gets the bytes received and the bytes in all; 0 where nobody says how many there will be
 * @throws {LabError} `not-found`, `network`, `bad-file`, `aborted`
 */
export async function download(
  source: string | Uint8Array,
  onProgress: (loaded: number, total: number) => void,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const raw = typeof source === 'string' ? await receive(source, onProgress, signal) : source;
  if (raw[0] !== 0x1f || raw[1] !== 0x8b) return raw;
  try {
    const opened = new Blob([raw as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(opened).arrayBuffer());
  } catch {
    throw new LabError(
      'bad-file',
      `${nameOf(source)} is damaged or cut short: it does not decompress. Load it again; if that fails too, the file on the server needs replacing.`,
    );
  }
}

const nameOf = (source: string | Uint8Array) => (typeof source === 'string' ? source : 'The file');

async function receive(url: string, onProgress: (loaded: number, total: number) => void, signal: AbortSignal): Promise<Uint8Array> {
  if (url.startsWith('file:') && nodeModule('node:fs')) return fromDisk(url, onProgress);
  const chunks: Uint8Array[] = [];
  let loaded = 0;
  let response: Response;
  try {
    response = await fetch(url, { signal });
    // A server that compresses on the way tells the compressed length, but we count what arrives after it was opened.
    const total = response.headers.get('content-encoding') ? 0 : Number(response.headers.get('content-length') ?? 0);
    if (response.ok && response.body) {
      for (const reader = response.body.getReader(); ; ) {
        const { done, value } = await reader.read();
        if (done) break;
        chunks.push(value);
        loaded += value.length;
        onProgress(loaded, total);
      }
    }
  } catch {
    if (signal.aborted) throw new LabError('aborted', 'The download was stopped.');
    throw new LabError('network', `${url} could not be fetched. Check the connection, then try again.`);
  }
  if (!response.ok) {
    throw new LabError(
      response.status === 404 ? 'not-found' : 'network',
      `${url} answers ${response.status}${response.statusText ? ` (${response.statusText})` : ''}. Check that the file is there, or give loadLab the folder that has it as baseUrl.`,
    );
  }
  return concatenated(chunks, loaded);
}

function concatenated(chunks: Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

async function fromDisk(url: string, onProgress: (loaded: number, total: number) => void): Promise<Uint8Array> {
  try {
    const bytes = await nodeModule('node:fs')!.promises.readFile(new URL(url));
    onProgress(bytes.length, bytes.length);
    return bytes;
  } catch {
    throw new LabError(
      'not-found',
      `${url} cannot be read. Check that the file is there, or give loadLab the folder that has it as baseUrl.`,
    );
  }
}
