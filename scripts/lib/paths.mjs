// Where things are kept. Everything the scripts write lies under build/, dist/ or the user's cache folder.
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the checkout, absolute. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** An absolute path inside the checkout. */
export const inRoot = (...parts) => join(root, ...parts);

/**
 * Toolchains that every clone shares: `$XDG_CACHE_HOME/dot-by-dot`, else `~/.cache/dot-by-dot`.
 * The XDG rules say that a relative XDG_CACHE_HOME is to be ignored.
 */
export function cacheFolder(env = process.env) {
  const xdg = env.XDG_CACHE_HOME;
  const base = xdg?.startsWith('/') ? xdg : join(homedir(), '.cache');
  return join(base, 'dot-by-dot');
}
