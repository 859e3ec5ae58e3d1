// Command lines: `--name value`, `--name=value`, `--flag`, and plain words.

/**
 * @param {string[]} argv what follows the script's name
 * @param {{values?: string[], flags?: string[]}} known the names that take a value and those that take none
 * @returns {{values: Record<string, string>, flags: Set<string>, words: string[]}}
 * @throws {Error} on a name that is not known, or one without its value
 */
export function parseArguments(argv, { values = [], flags = [] } = {}) {
  const found = { values: {}, flags: new Set(), words: [] };
  for (let i = 0; i < argv.length; i += 1) {
    if (!argv[i].startsWith('--')) {
      found.words.push(argv[i]);
      continue;
    }
    const [name, inline] = argv[i].slice(2).split(/=(.*)/s);
    if (flags.includes(name)) {
      found.flags.add(name);
    } else if (values.includes(name)) {
      const value = inline ?? argv[++i];
      if (value === undefined) throw new Error(`--${name} wants a value`);
      found.values[name] = value;
    } else {
      const all = [...values, ...flags].map((one) => `--${one}`).join(', ');
      throw new Error(`--${name} is not known${all ? `; there is ${all}` : ''}`);
    }
  }
  return found;
}
