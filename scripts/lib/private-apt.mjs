// An apt of our own: it fetches packages of a newer Debian release without root and without touching the system.
//
// It keeps its lists, its archives and an empty package database in a folder of ours, and asks the very mirror
// this machine already uses, under Debian's own signing keys.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attempt, run, which } from './run.mjs';
import { Failure } from './say.mjs';

const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** Whether this machine has what a private apt needs. */
export const hasApt = () => Boolean(which('apt-get') && which('dpkg') && existsSync(KEYRING));

/**
 * The Debian archives among a machine's package sources, the likeliest first.
 * @param {string} listing lines `<uri> <component>`, as `apt-get indextargets` prints them
 * @returns {string[]} base addresses without doubles
 */
export function debianMirrors(listing) {
  const uris = listing
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([uri, component]) => uri && component === 'main')
    .map(([uri]) => uri);
  const debian = [...new Set(uris)].filter((uri) => /\/debian\/?$/.test(uri));
  return debian;
}

/** The text of the configuration file that makes apt private. */
export const aptConfiguration = (folder) => `Dir::State "${folder}/state";
Dir::State::status "${folder}/state/status";
Dir::Cache "${folder}/cache";
Dir::Etc::sourcelist "${folder}/sources.list";
Dir::Etc::sourceparts "-";
Dir::Etc::preferencesparts "-";
APT::Install-Recommends "false";
APT::Sandbox::User "";
Acquire::Languages "none";
Acquire::Retries "3";
Debug::NoLocking "true";
`;

/**
 * Make a private apt for one Debian release and read its package lists.
 * @param {string} folder an empty or absent folder, which it may fill
 * @param {string} suite the release, such as `trixie`
 */
export async function privateApt(folder, suite) {
  const listing = await run('apt-get', ['indextargets', '--format', '$(REPO_URI) $(COMPONENT)', 'Created-By: Packages']);
  const mirrors = debianMirrors(listing);
  if (mirrors.length === 0) throw new Failure('none of the package sources of this machine is a Debian mirror');

  for (const sub of ['state/lists/partial', 'cache/archives/partial']) mkdirSync(join(folder, sub), { recursive: true });
  writeFileSync(join(folder, 'state/status'), '');
  const config = join(folder, 'apt.conf');
  writeFileSync(config, aptConfiguration(folder));
  const env = { ...process.env, APT_CONFIG: config, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' };

  let last = { code: 1, output: '' };
  for (const mirror of mirrors) {
    const source = `[signed-by=${KEYRING}] ${mirror} ${suite} main\n`;
    writeFileSync(join(folder, 'sources.list'), `deb ${source}deb-src ${source}`);
    last = await attempt('apt-get', ['-qq', 'update', '-o', 'APT::Update::Error-Mode=any'], { env });
    if (last.code === 0) break;
  }
  if (last.code !== 0) {
    throw new Failure(
      `Debian's release ${suite} could not be read from this machine's mirror`,
      'check the network, then run the command again',
      last.output,
    );
  }

  return {
    /** Download packages with all they need. @returns {Promise<string[]>} the archives' paths */
    async download(...packages) {
      await run('apt-get', ['-qq', '-y', '--download-only', 'install', ...packages], { env, what: `downloading ${packages.join(', ')}` });
      const archives = join(folder, 'cache/archives');
      return readdirSync(archives)
        .filter((name) => name.endsWith('.deb'))
        .map((name) => join(archives, name));
    },
    /** Download a package's source files. @returns {Promise<string[]>} their paths */
    async source(name) {
      const into = join(folder, 'source');
      mkdirSync(into, { recursive: true });
      await run('apt-get', ['-qq', '--download-only', 'source', `${name}/${suite}`], {
        env,
        cwd: into,
        what: `downloading the source of ${name}`,
      });
      return readdirSync(into).map((file) => join(into, file));
    },
  };
}
