// Which port the site is served on.
import { createServer } from 'node:net';
import { Failure } from './say.mjs';

export const DEFAULT_PORT = 4173;
const HOST = '127.0.0.1';

/**
 * The port that was asked for: `--port`, else PORT, else 4173. npm keeps `--port` to itself where the `--` is
 * forgotten (`npm start --port 5000`) and passes it on as npm_config_port.
 * @param {string | undefined} option the value of --port
 * @returns {{port: number, asked: boolean}} `asked`: someone chose it
 */
export function wantedPort(option, env = process.env) {
  const text = option ?? env.npm_config_port ?? env.PORT;
  if (text === undefined || text === '') return { port: DEFAULT_PORT, asked: false };
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Failure(`${JSON.stringify(text)} is no port`, 'give a whole number from 1 to 65535, for example --port 5000');
  }
  return { port, asked: true };
}

/** Whether nobody listens on a port of this machine. */
export const isFree = (port) =>
  new Promise((resolve) => {
    const trial = createServer();
    trial.once('error', () => resolve(false));
    trial.listen(port, HOST, () => trial.close(() => resolve(true)));
  });

/** The first free port from `port` on, or undefined where a hundred in a row are taken. */
export async function nextFree(port, free = isFree) {
  for (let at = port; at < Math.min(port + 100, 65536); at += 1) if (await free(at)) return at;
  return undefined;
}

/**
 * The port to serve on. A taken default gives way to the next free one; a taken port that someone asked for is a
 * failure that names the next free one.
 * @returns {Promise<{port: number, note?: string}>}
 */
export async function choosePort({ port, asked }, free = isFree) {
  if (port === 0 || (await free(port))) return { port };
  const next = await nextFree(port + 1, free);
  if (next === undefined) throw new Failure(`port ${port} and the hundred after it are taken`, 'choose another with --port');
  if (asked) throw new Failure(`port ${port} is taken by another program`, `stop that program, or take the next free port: --port ${next}`);
  return { port: next, note: `port ${port} is taken by another program, so this is ${next}` };
}
