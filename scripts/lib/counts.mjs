// Test counts, read from what each runner writes for machines.

/** @typedef {{passed: number, failed: number, skipped: number}} Counts */

export const none = () => ({ passed: 0, failed: 0, skipped: 0 });

/** @param {Counts[]} all @returns {Counts} */
export const sum = (all) =>
  all.reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }), none());

/** The closing line. @param {Counts} counts */
export const closingLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

/** A runner that ended badly without naming a failure has failed all the same. */
export const withStatus = (counts, status) => (status !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts);

/**
 * The cases of one Catch2 XML report; undefined where the report has no end, because the program died.
 * @param {string} xml
 */
export function catch2Counts(xml) {
  const totals = /<OverallResultsCases successes="(\d+)" failures="(\d+)" expectedFailures="(\d+)"(?: skips="(\d+)")?/.exec(xml);
  if (!totals) return undefined;
  const [successes, failures, expected, skips] = totals.slice(1).map((text) => Number(text ?? 0));
  return { passed: successes + expected, failed: failures, skipped: skips };
}

/**
 * The outcome of each ctest, from `ctest --output-junit`.
 * @param {string} xml
 * @returns {{name: string, passed: boolean}[]}
 */
export const ctestOutcomes = (xml) =>
  [...xml.matchAll(/<testcase name="([^"]*)"[^>]*? status="([^"]*)"/g)].map(([, name, status]) => ({ name, passed: status === 'run' }));

/**
 * The cases of a ctest run: those that each program reported, and one for each ctest without a report. A ctest that
 * failed counts at least one failure, whatever its report says.
 * @param {{name: string, passed: boolean}[]} outcomes
 * @param {(name: string) => string | undefined} reportOf the Catch2 report of a ctest
 * @returns {Counts}
 */
export function ctestCounts(outcomes, reportOf) {
  return sum(
    outcomes.map(({ name, passed }) => {
      const report = reportOf(name);
      const counts = report === undefined ? undefined : catch2Counts(report);
      return withStatus(counts ?? { ...none(), passed: passed ? 1 : 0 }, passed ? 0 : 1);
    }),
  );
}

/** From `vitest --reporter=json`; a file that could not be loaded has no tests and counts as one failure. */
export function vitestCounts({ numPassedTests, numFailedTests, numPendingTests = 0, numTodoTests = 0, testResults = [] }) {
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((one) => one.status !== 'failed'),
  ).length;
  return { passed: numPassedTests, failed: numFailedTests + broken, skipped: numPendingTests + numTodoTests };
}

/** From Playwright's JSON reporter; errors outside of tests count as failures. */
export function playwrightCounts({ stats, errors = [] }) {
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length, skipped: stats.skipped };
}

/**
 * From the last line of `lessons:check --json`: each value, exercise, cell and link is a test.
 * @param {string} output
 * @returns {Counts}
 */
export function lessonCounts(output) {
  const { values = 0, exercises = 0, cells = 0, links = 0, problems = [] } = JSON.parse(output.trim().split('\n').at(-1));
  return { passed: Math.max(0, values + exercises + cells + links - problems.length), failed: problems.length, skipped: 0 };
}
