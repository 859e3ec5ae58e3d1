import { describe, expect, it } from 'vitest';
import { compileExpression, ExpressionError } from '../../../web/lessons/checks/expression.ts';
import type { Value, Variables } from '../../../web/models/check_spec.ts';
import { createKit, signatures } from '../../../web/models/kit.ts';
import { createRandom } from '../../../web/models/random.ts';
import { smallLab } from './support.ts';

async function compute(text: string, variables: Variables = {}, draws = false): Promise<Value> {
  const source = compileExpression(text, { names: Object.keys(variables), draws });
  const { default: run } = (await import(`data:text/javascript,${encodeURIComponent(`export default ${source};`)}`)) as {
    default: (kit: unknown, v: Variables) => Promise<Value>;
  };
  return run(createKit(smallLab(), createRandom(1)), variables);
}

describe('expressions', () => {
  const sums: [string, Value][] = [
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['-2 ** 2', -4],
    ['2 ** 3 ** 2', 512],
    ['10 - 3 - 2', 5],
    ['7 % 4 / 2', 1.5],
    ['1 < 2 && !(2 < 1)', true],
    ['1 == 2 ? "yes" : "no"', 'no'],
    ['[1, 2] + [3, 4]', [4, 6]],
    ['[1, 2] * 2 - 1', [1, 3]],
    ['[1, 2] == [1, 2]', true],
    ['[[1, 2], [3, 4]][1][0]', 3],
    ['dot([1, 2, 3], [4, 5, 6])', 32],
    ['norm([3, 4])', 5],
    ['round(angle([1, 0], [0, 2]), 3)', 90],
    ['first(analogy(["king", "woman"], "man", 1))', 'queen'],
    ['first(nearest("king", 1))', 'prince'],
    ['known("kingg")', false],
    ["join([1, -2], ' + ')", '1 + −2'],
    ['fixed(-0.5, 2)', '−0.50'],
    ['paren(-2)', '(−2)'],
    ['signed(2)', '+2'],
    ['round(2.345, 2)', 2.35],
    ['max([1, 5], 3)', 5],
    ['position([4, 5], 5)', 1],
    ['range(3)', [0, 1, 2]],
    ['pi > 3.14', true],
  ];
  it.each(sums)('%s', async (text, value) => {
    expect(await compute(text)).toEqual(value);
  });

  it('reads variables and draws the same for the same seed', async () => {
    expect(await compute('a[1] * k', { a: [1, 2], k: 4 })).toBe(8);
    const drawn = (await compute('ints(50, -3, 3)', {}, true)) as number[];
    expect(drawn).toEqual(await compute('ints(50, -3, 3)', {}, true));
    expect([Math.min(...drawn), Math.max(...drawn)]).toEqual([-3, 3]);
    expect(await compute('nonzero(50, -1, 1)', {}, true)).not.toContain(0);
  });

  const faults: [string, RegExp, RegExp][] = [
    ['a +', /breaks off/, /complete/],
    ['a = 1', /single = compares nothing/, /==/],
    ['dot(a)', /takes 2 values and got 1/, /README/],
    ['dot(a, a', /“\)” is missing at the end/, /close/],
    ['b', /no “b” here/, /known here: a/],
    ['dot', /is a function/, /call it/],
    ['nrom(a)', /no function “nrom”/, /Did you mean “norm”/],
    ['a; b', /“;” means nothing/, /Expressions/],
    ['a b', /“b” does not belong/, /one value/],
    ['window', /no “window” here/, /quotes/],
    ['a.constructor', /means nothing/, /Expressions/],
    ['constructor(a)', /no function/, /README/],
    ['int(1, 2)', /draws at random/, /vars/],
  ];
  it.each(faults)('refuses %s', (text, what, repair) => {
    try {
      compileExpression(text, { names: ['a'] });
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(ExpressionError);
      expect((error as Error).message).toMatch(what);
      expect((error as ExpressionError).repair).toMatch(repair);
    }
  });

  it('has an implementation of every function it knows', () => {
    const kit = createKit(smallLab()) as Record<string, unknown>;
    for (const name of Object.keys(signatures)) expect(typeof kit[name], name).toBe('function');
  });
});
