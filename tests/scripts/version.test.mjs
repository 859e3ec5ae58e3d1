import { expect, test } from 'vitest';
import { atLeast, parseVersion } from '../../scripts/lib/version.mjs';

test.each([
  ['emcc (Emscripten gcc/clang-like replacement + linker emulating GNU ld) 3.1.69 ()', '3.1.69'],
  ['emcc (Emscripten gcc/clang-like replacement + linker emulating GNU ld) 4.0.10-git (0a1b2c)', '4.0.10'],
  ['cmake version 3.25.1\n\nCMake suite', '3.25.1'],
  ['command not found', undefined],
])('the version in %j', (text, version) => expect(parseVersion(text)).toBe(version));

test.each([
  ['3.1.69', true],
  ['3.1.70', true],
  ['3.2.0', true],
  ['4.0.0', true],
  ['3.1.68', false],
  ['3.1.6', false], // by number, not by letters
  ['2.99.99', false],
])('%s is at least 3.1.69: %s', (version, expected) => expect(atLeast(version, '3.1.69')).toBe(expected));
