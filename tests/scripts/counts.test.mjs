import { describe, expect, test } from 'vitest';
import {
  catch2Counts,
  closingLine,
  ctestCounts,
  ctestOutcomes,
  lessonCounts,
  none,
  playwrightCounts,
  sum,
  vitestCounts,
  withStatus,
} from '../../scripts/lib/counts.mjs';

const catch2 = (passed, failed, skips = 0) =>
  `<Catch2TestRun><OverallResults successes="999" failures="${failed}" expectedFailures="0" skips="0"/>
  <OverallResultsCases successes="${passed}" failures="${failed}" expectedFailures="0" skips="${skips}"/></Catch2TestRun>`;

describe('the closing line', () => {
  test('names passed and failed, and skipped where there are any', () => {
    expect(closingLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed');
    expect(closingLine({ passed: 12, failed: 3, skipped: 1 })).toBe('12 passed, 3 failed, 1 skipped');
  });
  test('is the sum of the stages', () =>
    expect(sum([{ passed: 1, failed: 2, skipped: 3 }, none(), { passed: 10, failed: 20, skipped: 30 }])).toEqual({
      passed: 11,
      failed: 22,
      skipped: 33,
    }));
});

describe('a runner that ended badly', () => {
  test('has failed although it named no failure', () => expect(withStatus({ passed: 5, failed: 0, skipped: 0 }, 139).failed).toBe(1));
  test('is not counted twice', () => expect(withStatus({ passed: 5, failed: 2, skipped: 0 }, 1).failed).toBe(2));
});

describe('ctest', () => {
  const junit = `<testsuite name="x" tests="3" failures="1">
    <testcase name="dot_test" classname="dot_test" time="0.04" status="run"><system-out>x</system-out></testcase>
    <testcase name="include-directions" classname="i" time="0.01" status="run"/>
    <testcase name="crash_test" classname="c" time="0.2" status="fail"><failure message=""/></testcase></testsuite>`;

  test('outcomes are read from the JUnit file', () =>
    expect(ctestOutcomes(junit)).toEqual([
      { name: 'dot_test', passed: true },
      { name: 'include-directions', passed: true },
      { name: 'crash_test', passed: false },
    ]));

  test('cases come from the Catch2 reports; one without a report is one test', () => {
    const reports = { dot_test: catch2(7, 0, 1) };
    expect(ctestCounts(ctestOutcomes(junit), (name) => reports[name])).toEqual({ passed: 8, failed: 1, skipped: 1 });
  });

  test('a program that died leaves a report without an end, and has failed', () => {
    const cut = '<Catch2TestRun><TestCase name="one">';
    expect(catch2Counts(cut)).toBeUndefined();
    expect(ctestCounts([{ name: 'crash_test', passed: false }], () => cut)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  test('a leak that is found after the last case fails the ctest', () =>
    expect(ctestCounts([{ name: 'dot_test', passed: false }], () => catch2(7, 0))).toEqual({ passed: 7, failed: 1, skipped: 0 }));
});

describe('vitest', () => {
  const report = { numPassedTests: 9, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 };
  test('adds up', () => expect(vitestCounts(report)).toEqual({ passed: 9, failed: 1, skipped: 3 }));
  test('a file that cannot be loaded is a failure', () => {
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{ status: 'failed' }] },
    ];
    expect(vitestCounts({ ...report, testResults }).failed).toBe(2);
  });
});

test('Playwright: flaky passes, an error outside of tests fails', () =>
  expect(playwrightCounts({ stats: { expected: 5, flaky: 1, unexpected: 2, skipped: 3 }, errors: [{}] })).toEqual({
    passed: 6,
    failed: 3,
    skipped: 3,
  }));

describe('the lesson check', () => {
  test('counts what was recomputed', () => {
    const verdict = { values: 10, exercises: 20, cells: 3, links: 4, problems: [{}, {}] };
    expect(lessonCounts(`some lines\n${JSON.stringify(verdict)}\n`)).toEqual({ passed: 35, failed: 2, skipped: 0 });
  });
  test('counts the problems of lessons that could not be read', () =>
    expect(lessonCounts('{"problems":[{}]}')).toEqual({ passed: 0, failed: 1, skipped: 0 }));
});
