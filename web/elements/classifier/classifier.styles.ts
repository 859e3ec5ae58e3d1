import { css, unsafeCSS } from 'lit';
import { classColor, classCount } from '../../drawing/index.ts';

/** Arrows and the probe's mark wear their class's colour. */
const classColors = unsafeCSS(
  Array.from({ length: classCount }, (_, k) => `.plane .arrow.k${k}, .plane .dot.k${k} { color: ${classColor(k)}; }`).join('\n'),
);

export const classifierStyles = css`
    .controls label { white-space: nowrap; }
    .wide { display: grid; grid-template-columns: minmax(0, 27.5rem) minmax(0, 1fr); column-gap: 40px; align-items: start; }
    .slim .plane { max-width: 27.5rem; margin: 0 auto; }
    ${classColors}
    .left > .plane { border: 1px solid var(--line, #d9d6cd); overflow: hidden; }
    .plane .arrow text { font: 600 14px/1 var(--sans, system-ui, sans-serif); fill: var(--ink, #1d1e21); paint-order: stroke; stroke: var(--paper, #fcfbf8); stroke-width: 3px; }
    .plane .arrow line { stroke-width: 3; }
    .plane .surface { outline: none; } .plane .surface rect { fill: transparent; stroke: none; } .plane .surface.on-place, .plane .surface.on-remove { cursor: crosshair; }
    .plane .surface:focus-visible rect { stroke: var(--touch, #0b7365); stroke-width: 4; }
    .plane .cursor { stroke: var(--touch, #0b7365); stroke-width: 2; fill: none; visibility: hidden; } .plane .surface:focus-visible .cursor { visibility: visible; }
    .plane .probe .ring { fill-opacity: .85; } .plane .probe .dot { fill: currentColor; }
    .tools { border: 0; padding: 0; margin: 0; display: flex; flex-wrap: wrap; gap: 0 16px; } .tools label { display: inline-flex; align-items: center; gap: 6px; min-height: 44px; }
    .pens { display: inline-flex; flex-wrap: wrap; align-items: center; gap: 0 4px; }
    .pen { display: inline-flex; align-items: center; gap: 6px; background: none; border: 0; border-bottom: 2px solid transparent; min-height: 44px; min-width: 44px; padding: 0 8px; justify-content: center; }
    .pen[aria-pressed="true"] { border-bottom-color: var(--touch, #0b7365); font-weight: 600; } .pens .quiet:disabled { background: none; } .pen:disabled { color: var(--soft, #5b5d64); border-bottom-color: transparent; cursor: default; }
    .shares { margin: 8px 0 0; min-height: 1.5em; font-feature-settings: "tnum", "lnum"; } .shares > span { white-space: nowrap; margin-right: .6em; }
    .drawn { margin: 4px 0 0; font-size: .8rem; min-height: 3em; } .note { margin: 2px 0 8px; color: var(--soft, #5b5d64); min-height: 1.5em; }
    .run { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 14px; } .run .train { min-width: 5.5rem; } .run label { display: inline-flex; align-items: center; gap: 8px; min-height: 44px; }
    .progress { margin: 6px 0 14px; display: flex; align-items: center; gap: 12px; font-feature-settings: "tnum", "lnum"; color: var(--soft, #5b5d64); flex-wrap: wrap; }
    progress { appearance: none; border: 0; height: 6px; width: 10rem; background: var(--line, #d9d6cd); } progress::-webkit-progress-bar { background: var(--line, #d9d6cd); } progress::-webkit-progress-value { background: var(--touch, #0b7365); } progress::-moz-progress-bar { background: var(--touch, #0b7365); }
    .panel .name { font-feature-settings: "tnum", "lnum"; } .panel .now { color: var(--ink, #1d1e21); } .panel .now .num { margin: 0; padding: 4px 1px; }
    .rule { margin: 14px 0 6px; max-width: 46rem; min-height: 1.5em; }
    .numbers td, .numbers th { font-size: .88rem; height: 40px; } .numbers th[scope="row"] { text-align: left; color: var(--ink, #1d1e21); white-space: nowrap; } .numbers td { min-width: 4.6rem; }
    .numbers .first th { font-weight: 600; } .numbers .num { margin: 0 -4px 0 0; padding: 4px; }
    .numbers .share { background: linear-gradient(var(--colour), var(--colour)) left bottom / calc(100% * var(--share)) 4px no-repeat; print-color-adjust: exact; }
    .numbers th:first-child { text-align: left; } .loss { margin: 6px 0 0; line-height: 2.4; } .loss .num { margin: 0; padding: 4px 1px; }
    .probe-numbers .numbers th, .probe-numbers .numbers td { min-width: 0; padding-right: 10px; white-space: nowrap; }
    .probe-numbers table { width: 100%; max-width: 34rem; } .scroll.wide { max-height: none; overflow-x: auto; }
    .row { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 16px; min-height: 44px; } .row label { min-height: 44px; align-content: center; }
    .step { margin-top: 20px; padding-top: 12px; border-top: 1px solid var(--line, #d9d6cd); }
    .small .plane .arrow.plain line { stroke-width: 1.5; } .small .side { stroke: var(--soft, #5b5d64); stroke-width: 1; stroke-dasharray: 3 3; }
    .both { display: flex; flex-wrap: wrap; gap: 12px 40px; align-items: center; } .both .small { flex: 0 1 16rem; min-width: 12rem; } .small p { margin: 0; font-size: .8rem; }
    .step .rule { min-height: 3em; }
    .own textarea { font: 400 .85rem/1.5 var(--mono, ui-monospace, monospace); width: 100%; max-width: 46rem; color: var(--ink, #1d1e21); background: none; border: 1px solid var(--edge, #85837b); border-radius: 0; padding: 8px; }
    .own input[type="file"] { border: 0; max-width: 16rem; } .own p { max-width: 46rem; margin: 4px 0 8px; overflow-wrap: anywhere; }
    :host { container-type: inline-size; }
    @container (max-width: 22rem) { .numbers td, .numbers th { min-width: 0; padding-right: 8px; font-size: .8rem; } .probe-numbers .numbers th, .probe-numbers .numbers td { padding-right: 5px; } }
    .twin th { white-space: nowrap; text-align: left; }
`;
