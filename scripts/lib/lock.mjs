// One at a time: a lock that is a folder, because making a folder is atomic on every file system.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { note } from './say.mjs';

/** Whether a process with this number lives; someone else's living process also counts. */
function lives(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function holder(lock) {
  try {
    return Number(readFileSync(join(lock, 'pid'), 'utf8'));
  } catch {
    return undefined; // taken this very moment, or its holder died before it wrote its number
  }
}

/**
 * Run `work` while holding the lock at `path`; waits for another holder, and takes over from a dead one.
 * @template T
 * @param {string} path the lock's folder; it exists just while the lock is held
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(path, work) {
  mkdirSync(dirname(path), { recursive: true });
  let nameless = 0; // how often in a row we saw a lock without a holder's number
  for (let waited = 0; ; waited += 1) {
    try {
      mkdirSync(path);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const pid = holder(path);
    nameless = pid === undefined ? nameless + 1 : 0;
    if ((pid !== undefined && !lives(pid)) || nameless > 10) {
      rmSync(path, { recursive: true, force: true });
      continue;
    }
    if (waited === 2) note(`waiting for process ${pid}, which is at the same work (${path})`);
    await pause(500);
  }
  writeFileSync(join(path, 'pid'), String(process.pid));
  try {
    return await work();
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}
