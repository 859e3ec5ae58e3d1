// How fast it is: a form of the benchmark that runs in the reader's own browser, and what a whole run beside other libraries came to.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CASES } from '../../bench/cases.ts';
import { circumstances, type Result } from '../../bench/kept.ts';
import { PAGE_CASES } from '../../bench/page_cases.ts';
import { drawn, plot } from '../../bench/plot.ts';
import { AIM, aimOf, duration, short } from '../../bench/report.ts';
import type { Row } from '../../bench/types.ts';
import { html, type Markup, raw } from '../html.ts';
import type { Page } from './page.ts';

/** The run that is kept beside docs/benchmarks.md. */
export const recordedRun = (root: string): Result => JSON.parse(readFileSync(path.join(root, 'docs/benchmarks.json'), 'utf8'));

/** A case's name whose numbers are not divided between two lines. */
const unbroken = (name: string) => name.replace(/(?<=\d) (?=\d{3})/g, '\u00a0');

export function benchPage(recorded: Result): Page {
  return {
    path: 'bench/',
    kind: 'bench',
    title: 'How fast it is',
    description: 'The engine beside plain JavaScript, measured in your own browser, and a recorded run beside other libraries.',
    elements: [],
    body: html`<article>
<header class="opening">
<h1>How fast it is</h1>
<p class="lead">Multiply, then sum, some thousand million times a second. Here your own browser does it twice: in plain JavaScript, as a careful programmer writes it, and by the engine of these lessons.</p>
</header>
<div class="text">
<p>Every answer is first held against the same computed with sixteen digits; a wrong one ends the run. Then all take turns of about a fiftieth of a second, another one first in each round, and what is told is the median. A <em>GFLOP/s</em> is a thousand million multiplies and adds a second. <em>Of the limit</em> is how near the engine comes to what your machine can do at all from within a browser: reading what has to be read, or multiplying and adding without any memory.</p>
<p>It takes less than a minute, and fetches the three megabytes of the model that <a href="../lessons/transformer/">lesson 10</a> opens. The page stays alive meanwhile, but whatever else you do makes the figures worse.</p>
</div>
${live()}
<section class="text" aria-labelledby="recorded">
<h2 id="recorded">Beside other libraries</h2>
<p>TensorFlow.js, ONNX Runtime Web and others take part where the benchmark is run from the project’s sources (<code>npm run bench</code>): they are some 20 megabytes to download, so they are no part of this page. This is one such run, as it was recorded, on a machine that did nothing else:</p>
<p class="soft">${circumstances(recorded)}</p>
</section>
<div class="wide scroll" tabindex="0" role="group" aria-label="The recorded ratios as a picture">${raw(plot(recorded.rows, 'relaxed'))}</div>
<div class="text">
<p>Each mark says how many times as fast as another the engine is; the line through it is the middle eight tenths of the rounds, an upright stroke what is aimed at.</p>
</div>
${recordedTable(recorded)}
${recordedTimes(recorded)}
</article>`,
  };
}

/** What the client fills: the rows stand there from the start, so that nothing moves when a figure comes. */
function live(): Markup {
  const shown = CASES.filter(({ name }) => PAGE_CASES.includes(name));
  const beside = shown.filter(({ aimMs }) => aimMs === undefined);
  const waited = shown.filter(({ aimMs }) => aimMs !== undefined);
  return html`<section class="wide bench" id="bench" aria-labelledby="bench-title">
<h2 id="bench-title">In your browser</h2>
<noscript><p>This is measured in your browser and needs JavaScript.</p></noscript>
<p class="controls"><button type="button" class="run" disabled>Start</button> <progress max="${PAGE_CASES.length}" value="0" aria-label="Cases measured"></progress></p>
<p class="state" role="status">Nothing measured yet.</p>
<div class="scroll" tabindex="0" role="group" aria-label="What was measured"><table>
<thead><tr><th scope="col">case</th><th scope="col">times as fast</th><th scope="col">of the limit</th><th scope="col">engine, relaxed</th><th scope="col">engine, simd128</th><th scope="col">plain JavaScript</th><th scope="col">in</th></tr></thead>
<tbody>${beside.map(
    ({ name, unit }) =>
      html`<tr data-case="${name}"><th scope="row">${unbroken(name)}</th><td>–</td><td>–</td><td>–</td><td>–</td><td>–</td><td>${unit}</td></tr>`,
  )}</tbody>
</table></div>
<div class="scroll" tabindex="0" role="group" aria-label="What lessons wait for"><table class="times">
<thead><tr><th scope="col">time until the answer is there</th><th scope="col">relaxed</th><th scope="col">simd128</th><th scope="col">aimed at</th></tr></thead>
<tbody>${waited.map(
    ({ name, aimMs }) =>
      html`<tr data-case="${name}"><th scope="row">${unbroken(name)}</th><td>–</td><td>–</td><td>${duration(aimMs as number)}</td></tr>`,
  )}</tbody>
</table></div>
<p class="controls"><button type="button" class="copy" disabled>Copy the result as JSON</button> <span class="copied" role="status"></span></p>
<details class="json"><summary>The result as JSON</summary><pre tabindex="0" role="group" aria-label="The result as JSON"><code>Nothing measured yet.</code></pre></details>
</section>`;
}

/** The engine's better binary of each case, beside plain JavaScript and the fastest library. */
function recordedTable({ rows: all }: Result): Markup {
  const rows = all.filter(({ peerName }) => peerName !== AIM);
  const names = [...new Set(rows.map(({ name }) => name))];
  const times = (row: Row | undefined) => (row ? `${short(row.ratio)} ×` : '–');
  const lines = names.map((name) => {
    const { plain, library } = drawn(rows.filter((row) => row.name === name && row.binary === 'relaxed'));
    const one = plain ?? library;
    return html`<tr><th scope="row">${unbroken(name)}</th><td>${times(plain)}</td><td>${times(library)}</td><td>${one?.share ? `${Math.round(100 * one.share)} %` : '–'}</td><td>${one ? `${short(one.ours)} ${one.unit}` : '–'}</td><td>${library?.peerName ?? '–'}</td></tr>`;
  });
  return html`<div class="wide scroll" tabindex="0" role="group" aria-label="The recorded run as a table"><table>
<thead><tr><th scope="col">case</th><th scope="col">times plain JavaScript</th><th scope="col">times the fastest library</th><th scope="col">of the limit</th><th scope="col">engine, relaxed</th><th scope="col">that library</th></tr></thead>
<tbody>${lines}</tbody></table></div>`;
}

/** How long the answers take that lessons wait for, where the recorded run has them. */
function recordedTimes({ rows }: Result): Markup {
  const aimed = rows.filter(({ peerName }) => peerName === AIM);
  if (aimed.length === 0) return html``;
  const lines = aimed
    .filter(({ binary }) => binary === 'relaxed')
    .map((row) => {
      const other = aimed.find(({ name, binary }) => name === row.name && binary === 'simd128');
      return html`<tr><th scope="row">${unbroken(row.name)}</th><td>${duration(row.median / 1e6)}</td><td>${other ? duration(other.median / 1e6) : '–'}</td><td>${duration(aimOf(row))}</td></tr>`;
    });
  return html`<div class="text"><p>And how long the answers take that a lesson waits for, beside the time that is aimed at:</p></div>
<div class="wide scroll" tabindex="0" role="group" aria-label="What lessons wait for, in the recorded run"><table class="times">
<thead><tr><th scope="col">time until the answer is there</th><th scope="col">relaxed</th><th scope="col">simd128</th><th scope="col">aimed at</th></tr></thead>
<tbody>${lines}</tbody></table></div>`;
}
