import { css } from 'lit';

export const headKindsStyles = css`
  :host { container-type: inline-size; }
  .which { margin: 0; } .which > .soft { flex: 1 1 18rem; } .which [aria-pressed="true"] { font-weight: 700; text-decoration-thickness: 3px; }
  .loading { display: flex; flex-wrap: wrap; gap: 4px 14px; align-items: center; color: var(--soft, #5b5d64); min-height: 44px; } .loading progress { width: 8rem; accent-color: var(--touch, #0b7365); }
  .place { min-height: calc(6 * 45px + 2rem); max-width: 46rem; } .map-place { min-height: 24rem; }

  .kinds { width: 100%; table-layout: fixed; } .kinds th, .kinds td { padding: 0 12px 0 0; height: 44px; vertical-align: middle; line-height: 1.25; } .kinds thead th, .kinds thead td { height: 0; vertical-align: bottom; font-size: .78rem; }
  .kinds { margin-top: 8px; } .kinds th:first-child { text-align: left; width: 10.5rem; } .kinds td.head, .kinds thead th:nth-child(2):not(.n) { text-align: left; width: 8.2rem; } .kinds .n { width: 5.2rem; padding-right: 8px; } .kinds .head { white-space: nowrap; }
  .kinds tbody button { font: 400 1.02rem/1.2 var(--serif, Georgia, serif); text-align: left; min-height: 44px; width: 100%; padding: 0; background: none; border: 0; text-decoration: underline dotted var(--touch, #0b7365); text-underline-offset: .28em; }
  .kinds small { display: inline-block; width: 100%; font: 400 .76rem/1.3 var(--sans, system-ui, sans-serif); color: var(--soft, #5b5d64); } .kinds td.none { text-align: left; }
  .kinds tbody [aria-pressed="true"] { font-weight: 600; text-decoration-style: solid; } .kinds .chosen { background: var(--wash, #f3f1ea); }
  .kinds td.bar i { display: block; position: relative; height: 14px; border-left: 1px solid var(--line, #d9d6cd); }
  .kinds td.bar i::before { content: ""; position: absolute; inset: 0 auto 0 0; width: calc(100% * var(--share)); background: var(--pos, #c8590b); } .kinds td.bar i.none::before { background: var(--edge, #85837b); }
  .kinds td.bar i::after { content: ""; position: absolute; inset: -4px auto -4px calc(100% * var(--equal)); border-left: 2px solid var(--ink, #1d1e21); }
  .says { max-width: 46rem; min-height: 4.6em; margin: 10px 0; font-size: 1rem; }

  form { display: flex; flex-wrap: wrap; gap: 6px 12px; align-items: end; margin: 0 0 8px; max-width: 46rem; }
  form label { flex: 1 1 18rem; color: var(--soft, #5b5d64); font-size: .8rem; min-width: 0; }
  form input { font: 400 1.05rem/1.3 var(--serif, Georgia, serif); color: var(--ink, #1d1e21); background: none; border: 0; border-bottom: 1px solid var(--touch, #0b7365); border-radius: 0; min-height: 44px; width: 100%; padding: 0 2px; }
  .tokens { display: flex; flex-wrap: wrap; gap: 3px 1px; margin: 6px 0; }
  .tokens button { font: 400 1.05rem/1.1 var(--serif, Georgia, serif); color: var(--ink, #1d1e21); border: 0; border-radius: 0; min-height: 44px; min-width: 30px; padding: 2px 5px; border-bottom: 3px solid transparent; max-width: 100%; overflow-wrap: anywhere;
    background: color-mix(in oklab, var(--pos, #c8590b) calc(46% * var(--share, 0)), var(--paper, #fcfbf8)); }
  .tokens small { display: block; font: 400 .68rem/1.3 var(--sans, system-ui, sans-serif); color: var(--ink, #1d1e21); min-height: 1.3em; }
  .tokens [aria-pressed="true"] { border-bottom-color: var(--a, #8a3ea8); color: var(--a, #8a3ea8); font-weight: 600; } .tokens .later { color: var(--soft, #5b5d64); font-style: italic; }
  .tokens button:hover { border-bottom-color: var(--touch, #0b7365); }
  .row-says { font-size: 1rem; margin: 4px 0; min-height: 3em; max-width: 46rem; }
  .both { display: grid; grid-template-columns: minmax(0, 18rem) minmax(0, 1fr); gap: 8px 28px; align-items: start; } .map-scroll { overflow: auto; padding: 4px; }
  .top { list-style: none; margin: 0; padding: 0; } .top li { display: grid; grid-template-columns: minmax(4.5rem, 7rem) minmax(2rem, 1fr) 4rem; gap: 0 10px; align-items: center; min-height: 44px; border-top: 1px solid var(--line, #d9d6cd); }
  .top .name { font: 400 1.02rem/1.2 var(--serif, Georgia, serif); overflow-wrap: anywhere; color: var(--b, #4d7212); } .n { text-align: right; font-feature-settings: "tnum", "lnum"; white-space: nowrap; }
  .top .bar { display: block; height: 14px; border-left: 1px solid var(--line, #d9d6cd); position: relative; } .top .bar::after { content: ""; position: absolute; inset: 0 auto 0 0; width: calc(100% * var(--share)); background: var(--pos, #c8590b); }

  @container (max-width: 35rem) {
    .kinds th:first-child { width: auto; } .kinds th, .kinds td { padding-right: 6px; } .kinds .n { width: 3.3rem; padding-right: 2px; } .says { min-height: 7.6em; }
    .both { grid-template-columns: minmax(0, 1fr); }
  }
  @media print { .kinds td.bar i::before { print-color-adjust: exact; } }
`;
