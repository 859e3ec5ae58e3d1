// Files of documents: a NUL byte before each document, ASCII.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, renameSync } from 'node:fs';

/** Words between spaces. */
export const countWords = (text) => text.match(/\S+/g)?.length ?? 0;

/** A file of documents that is being written; `finish` gives its line of the summary. */
export class Writer {
  constructor(file) {
    this.file = file;
    this.stream = createWriteStream(`${file}.part`, 'latin1');
    this.hash = createHash('sha256');
    this.line = { documents: 0, paragraphs: 0, words: 0, bytes: 0 };
  }

  async add(text) {
    const bytes = `\0${text}`;
    this.hash.update(bytes, 'latin1');
    this.line.documents += 1;
    this.line.paragraphs += text.split('\n').length;
    this.line.words += countWords(text);
    this.line.bytes += bytes.length;
    if (!this.stream.write(bytes)) await once(this.stream, 'drain');
  }

  async finish() {
    this.stream.end();
    await once(this.stream, 'close');
    renameSync(`${this.file}.part`, this.file);
    return { ...this.line, sha256: this.hash.digest('hex') };
  }
}

/** The documents of a file that `Writer` wrote. */
export async function* storedDocuments(file) {
  let rest = '';
  let first = true;
  for await (const chunk of createReadStream(file, { encoding: 'latin1', highWaterMark: 1 << 20 })) {
    const parts = (rest + chunk).split('\0');
    rest = parts.pop();
    for (const part of parts) {
      if (!first) yield part;
      first = false;
    }
  }
  if (!first || rest) yield rest;
}
