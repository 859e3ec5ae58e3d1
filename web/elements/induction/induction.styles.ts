import { css } from 'lit';

export const inductionStyles = css`
  :host { container-type: inline-size; }
  .top { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 8px 36px; align-items: start; }
  .panel { max-width: none; }
  .rail { display: grid; grid-template-columns: auto minmax(0, 1fr) 5em; gap: 12px; align-items: center; color: var(--soft, #5b5d64); } .rail output { color: var(--ink, #1d1e21); text-align: right; }
  .controls input[name="seed"] { width: 5em; }
  .heads { min-height: 25rem; } .layer { margin: 0 0 4px; color: var(--soft, #5b5d64); } .row-of-heads + .layer { margin-top: 10px; }
  .row-of-heads { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 10px; }
  .head { background: none; border: 0; padding: 4px; color: var(--ink, #1d1e21); min-width: 0; border-bottom: 3px solid transparent; } .head[aria-pressed="true"] { border-bottom-color: var(--a, #8a3ea8); } .head:hover { border-bottom-color: var(--touch, #0b7365); }
  .square { display: block; aspect-ratio: 1; background: var(--wash, #f3f1ea); }
  .scores { display: block; margin-top: 4px; font: 400 .76rem/1.35 var(--sans, system-ui, sans-serif); font-feature-settings: "tnum", "lnum"; color: var(--soft, #5b5d64); } .scores > span { display: flex; justify-content: space-between; gap: 4px; } .scores b { color: var(--ink, #1d1e21); font-weight: 600; }
  .legend { margin: 8px 0 0; color: var(--soft, #5b5d64); font-size: .8rem; } .legend b { font-weight: 600; }
  .says { font-size: 1rem; max-width: 46rem; margin: 10px 0; min-height: 9em; } .curve-says { min-height: 6em; margin: 4px 0 0; }
  .place { min-height: 44rem; }
  .signs { display: flex; flex-wrap: wrap; gap: 2px; margin: 4px 0; } .signs.lined { display: grid; grid-template-columns: repeat(var(--columns), minmax(24px, 36px)); }
  .signs button { font: 400 1.02rem/1 var(--serif, Georgia, serif); color: var(--ink, #1d1e21); border: 0; border-radius: 0; min-height: 44px; min-width: 40px; padding: 0; border-bottom: 3px solid transparent; background: color-mix(in oklab, var(--pos, #c8590b) calc(60% * var(--share, 0)), var(--paper, #fcfbf8)); }
  .lined button { min-width: 24px; } .signs [aria-pressed="true"] { border-bottom-color: var(--a, #8a3ea8); color: var(--a, #8a3ea8); font-weight: 600; } .signs .later { color: var(--soft, #5b5d64); font-style: italic; } .signs button:hover { border-bottom-color: var(--touch, #0b7365); }
  .row-says { font-size: 1rem; margin: 4px 0; min-height: 3em; max-width: 46rem; }
  .both { display: grid; grid-template-columns: minmax(0, 15rem) minmax(0, 1fr); gap: 8px 28px; align-items: start; } .map-scroll { overflow: auto; padding: 4px; }
  .list-says { margin: 6px 0; color: var(--a, #8a3ea8); } .list { list-style: none; margin: 0; padding: 0; } .list li { display: grid; grid-template-columns: 6.4rem minmax(2rem, 1fr) 4rem; gap: 0 10px; align-items: center; min-height: 44px; border-top: 1px solid var(--line, #d9d6cd); }
  .list .name { font: 400 1.02rem/1.2 var(--serif, Georgia, serif); color: var(--b, #4d7212); } .n { text-align: right; font-feature-settings: "tnum", "lnum"; white-space: nowrap; }
  .list .bar { display: block; height: 14px; border-left: 1px solid var(--line, #d9d6cd); position: relative; } .list .bar::after { content: ""; position: absolute; inset: 0 auto 0 0; width: calc(100% * var(--share)); background: var(--pos, #c8590b); }
  @container (max-width: 40rem) { .row-of-heads { gap: 2px; } .head { padding: 4px 2px; } .scores { font-size: .72rem; } .scores > span { gap: 2px; } .top, .both { grid-template-columns: minmax(0, 1fr); } .heads { min-height: 22rem; } .says { min-height: 13em; } .curve-says { min-height: 9em; } .place { min-height: 42rem; } }
  @container (max-width: 21rem) { .scores { font-size: .68rem; } }
  @container (max-width: 19rem) { .scores > span { flex-direction: column; gap: 0; } .heads { min-height: 26rem; } .place { min-height: 46rem; } }
  @media print { .square, .signs button, .list .bar::after { print-color-adjust: exact; } }
`;
