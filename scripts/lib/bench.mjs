// What both benchmarks share: what the figures belong to, and programs that are asked line by line.
import { spawn } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { createInterface } from 'node:readline';
import { root } from './paths.mjs';
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
