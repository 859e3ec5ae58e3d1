// What both benchmarks share: what the figures belong to, where they are kept, and programs that are asked line by line.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { createInterface } from 'node:readline';
import { inRoot, root } from './paths.mjs';
import { run } from './run.mjs';

/** The machine and the commit, with whatever versions are given. */
export async function machine(versions) {
  const commit = await run('git', ['describe', '--always', '--dirty', '--abbrev=10']).catch(() => 'unknown');
  return {
    machine: {
      processor: cpus()[0]?.model.trim() ?? 'unknown',
      cores: cpus().length,
      memoryGB: Math.round(totalmem() / 2 ** 30),
      system: `${process.platform} ${process.arch}`,
    },
    versions: { commit: commit.trim(), ...versions },
  };
}

const DOCS = 'docs/benchmarks.md';

/**
 * Make a run the one that the documentation shows, and the page /bench/: docs/<name>.json, and its tables in docs/benchmarks.md.
 * @param {'benchmarks' | 'benchmarks-native'} name
 */
export async function keep(name, result) {
  const { tsImport } = await import('tsx/esm/api');
  const { replaceBetween, resultText, runText } = await tsImport('../../web/bench/kept.ts', import.meta.url);
  const { plot } = await tsImport('../../web/bench/plot.ts', import.meta.url);
  const text = resultText(result);
  const kept = JSON.parse(text); // its figures are rounded, and all else is made of those
  writeFileSync(inRoot(`docs/${name}.json`), text);
  if (name === 'benchmarks') writeFileSync(inRoot('docs/benchmarks.svg'), plot(kept.rows, 'relaxed', true));
  writeFileSync(inRoot(DOCS), replaceBetween(readFileSync(inRoot(DOCS), 'utf8'), name, runText(kept)));
  return `kept in docs/${name}.json and ${DOCS}`;
}

/** A program that answers each line with a line. */
export class Talker {
  #child;
  #lines;
  #said = '';

  constructor(command, args = [], env = {}) {
    this.#child = spawn(command, args, { cwd: root, env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
    this.#child.stderr.on('data', (text) => {
      this.#said += text;
    });
    this.#child.stdin.on('error', () => {}); // it ended: the next answer says so
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
    this.name = [command, ...args].join(' ');
  }

  /** @returns {Promise<string>} its next line */
  async ask(line) {
    this.#child.stdin.write(`${line}\n`);
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`${this.name} ended without an answer to “${line}”\n${this.#said}`);
    return value;
  }

  stop() {
    this.#child.stdin.end();
    this.#child.kill();
  }
}
