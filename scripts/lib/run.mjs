// Starting other programs.
import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from './paths.mjs';
import { Failure } from './say.mjs';

const TAIL_LINES = 60;
const tail = (text) => text.trimEnd().split('\n').slice(-TAIL_LINES).join('\n');

/** The absolute path of a program on PATH, or undefined. */
export function which(name, path = process.env.PATH ?? '') {
  for (const folder of path.split(delimiter)) {
    if (!folder) continue;
    const file = join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      if (statSync(file).isFile()) return file;
    } catch {
      // not in this folder
    }
  }
  return undefined;
}

/**
 * Run a program and wait for it; its output is collected, and shown as it comes with `show: true`.
 * @returns {Promise<{code: number, output: string}>} `code` is 127 where it could not be started,
 *   128 + n where a signal ended it
 */
export function attempt(command, args = [], { cwd = root, env = process.env, show = false, input, timeout } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env,
      timeout,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    let output = '';
    const collect = (stream, target) =>
      stream.setEncoding('utf8').on('data', (chunk) => {
        output += chunk;
        if (show) target.write(chunk);
      });
    collect(child.stdout, process.stdout);
    collect(child.stderr, process.stderr);
    if (input !== undefined) child.stdin.end(input);
    child.on('error', (error) => resolve({ code: 127, output: `${output}${error.message}` }));
    child.on('close', (code, signal) => resolve({ code: code ?? (signal ? 128 : 1), output }));
  });
}

/**
 * Run a program that must succeed.
 * @param {{what?: string, repair?: string}} options `what` names the act in the failure's message
 * @returns {Promise<string>} its output
 */
export async function run(command, args = [], { what, repair, ...options } = {}) {
  const { code, output } = await attempt(command, args, options);
  if (code !== 0) {
    const name = what ?? [command, ...args].join(' ');
    throw new Failure(`${name} ended with status ${code}`, repair, options.show ? '' : tail(output));
  }
  return output;
}

/** A program of node_modules/.bin, run by this very Node. */
export const bin = (name) => join(root, 'node_modules', '.bin', name);
