import { css } from 'lit';

export const transformerStyles = css`
  :host { container-type: inline-size; }
  .which { margin: 0; } .which > .soft { flex: 1 1 18rem; } .controls [aria-pressed="true"] { font-weight: 700; text-decoration-thickness: 3px; }
  .write { display: block; color: var(--soft, #5b5d64); font-size: .8rem; }
  .write textarea, .write input, .replace input { display: block; font: 400 1.05rem/1.4 var(--serif, Georgia, serif); color: var(--ink, #1d1e21); background: none; border: 0; border-bottom: 1px solid var(--touch, #0b7365); border-radius: 0; min-height: 44px; width: 100%; padding: 6px 2px; }
  .write textarea { resize: vertical; field-sizing: content; max-height: 12rem; }
  .examples { margin: 2px 0; gap: 0 12px; }
  .status { display: flex; flex-wrap: wrap; gap: 0 14px; align-items: center; min-height: 44px; }
  .loading { display: flex; flex-wrap: wrap; gap: 4px 14px; align-items: center; color: var(--soft, #5b5d64); min-height: 44px; } .loading progress { width: 8rem; accent-color: var(--touch, #0b7365); }
  .place { min-height: 88rem; } .late > * { opacity: .55; }

  .tokens { display: flex; flex-wrap: wrap; gap: 3px 1px; margin: 6px 0; }
  .tokens button { font: 400 1.05rem/1.1 var(--serif, Georgia, serif); color: var(--ink, #1d1e21); border: 0; border-radius: 0; min-height: 44px; min-width: 30px; padding: 2px 5px; border-bottom: 3px solid transparent; max-width: 100%; overflow-wrap: anywhere;
    background: color-mix(in oklab, var(--pos, #c8590b) calc(46% * var(--share, 0)), var(--paper, #fcfbf8)); }
  .tokens small { display: block; font: 400 .68rem/1.3 var(--sans, system-ui, sans-serif); color: var(--ink, #1d1e21); min-height: 1.3em; }
  .tokens [aria-pressed="true"] { border-bottom-color: var(--a, #8a3ea8); color: var(--a, #8a3ea8); font-weight: 600; } .tokens .later { color: var(--soft, #5b5d64); font-style: italic; }
  .tokens button:hover { border-bottom-color: var(--touch, #0b7365); } .tokens .break { flex-basis: 100%; }
  .pick button { min-width: 44px; }
  .row-says { font-size: 1rem; margin: 4px 0; min-height: 3em; max-width: 46rem; }

  .both { display: grid; grid-template-columns: minmax(0, 22.5rem) minmax(0, 1fr); gap: 8px 28px; align-items: start; }
  .heads { table-layout: fixed; width: 100%; border-collapse: separate; border-spacing: 0; } .heads td, .heads th { padding: 2px; border: 0; text-align: center; line-height: 1.2; font-size: .74rem; }
  .heads tbody th { text-align: right; padding-right: 6px; } .heads tr > :first-child { width: 3.6rem; } .short { display: none; } .heads caption { text-align: left; color: var(--soft, #5b5d64); font-size: .8rem; }
  .head { display: block; position: relative; width: 100%; aspect-ratio: 1; min-height: 44px; padding: 3px; border: 0; border-radius: 0; background: var(--wash, #f3f1ea); }
  .heads [aria-selected="true"] .head { box-shadow: inset 0 0 0 3px var(--touch, #0b7365); } .head:hover { box-shadow: inset 0 0 0 2px var(--touch, #0b7365); }
  .head.off svg { opacity: .25; } .head.off::after { content: ""; position: absolute; inset: 0; background: linear-gradient(to top right, transparent calc(50% - 1.5px), var(--ink, #1d1e21) calc(50% - 1.5px) calc(50% + 1.5px), transparent calc(50% + 1.5px)); }

  .heading { font: 500 .95rem/1.35 var(--sans, system-ui, sans-serif); margin: 4px 0; min-height: 2.7em; overflow-wrap: anywhere; }
  .guesses ol, .top { list-style: none; margin: 0; padding: 0; }
  .guesses ol { min-height: calc(8 * 44px + 1.4rem); } .guesses li { display: grid; grid-template-columns: minmax(4.5rem, 6rem) minmax(2rem, 1fr) 3.4rem 3rem; gap: 0 10px; align-items: center; min-height: 44px; border-top: 1px solid var(--line, #d9d6cd); }
  .compared li { grid-template-columns: minmax(4rem, 5rem) minmax(1.6rem, 1fr) 3.4rem 3.4rem 3rem; gap: 0 8px; }
  .guesses .legend, .top .legend { min-height: 0; border: 0; font-size: .78rem; color: var(--soft, #5b5d64); }
  .guesses .name { font: 400 1.02rem/1.2 var(--serif, Georgia, serif); overflow-wrap: anywhere; } .name small { font: 400 .68rem/1.3 var(--sans, system-ui, sans-serif); color: var(--soft, #5b5d64); } .comes .name { text-decoration: underline; text-decoration-color: var(--edge, #85837b); text-underline-offset: .25em; }
  .n { text-align: right; font-feature-settings: "tnum", "lnum"; white-space: nowrap; }
  .bars { display: block; border-left: 1px solid var(--line, #d9d6cd); } .bars i { display: block; height: 12px; width: calc(100% * var(--share)); background: var(--pos, #c8590b); }
  .bars .before { height: 8px; margin-top: 2px; background: none; border: 1px solid var(--edge, #85837b); border-left: 0; }
  .moved { min-height: 3em; margin: 6px 0; max-width: 46rem; }

  .changes { border-left: 2px solid var(--touch, #0b7365); padding-left: 16px; margin: 12px 0; } .changed { min-height: 3.2em; } .changed ul { list-style: none; margin: 0; padding: 0; font-weight: 500; } .changed p { margin: 0; }
  details > summary { min-height: 44px; } .replace { display: flex; flex-wrap: wrap; gap: 4px 14px; align-items: end; } .how { flex: 1 0 100%; margin: 0; color: var(--soft, #5b5d64); font-size: .8rem; } .replace label { flex: 0 1 18rem; color: var(--soft, #5b5d64); font-size: .8rem; } .changes .controls label { white-space: nowrap; } .replace b { color: var(--ink, #1d1e21); }
  .top { max-width: 46rem; margin-top: 8px; min-height: calc(6 * 44px + 1.4rem); } .more { min-height: 44px; }
  .top li { display: grid; grid-template-columns: minmax(5rem, 9rem) minmax(3rem, 1fr) 4.6rem 4.6rem 4.6rem; gap: 0 12px; align-items: center; min-height: 44px; border-top: 1px solid var(--line, #d9d6cd); }
  .top .name { font: 400 1.02rem/1.2 var(--serif, Georgia, serif); overflow-wrap: anywhere; min-height: 44px; text-align: left; background: none; border: 0; padding: 0; color: var(--b, #4d7212); text-decoration: underline dotted var(--touch, #0b7365); text-underline-offset: .28em; }
  .top .name[aria-pressed="true"] { font-weight: 600; text-decoration-style: solid; } .top .chosen { background: var(--wash, #f3f1ea); }
  .top .bar { height: 14px; border-left: 1px solid var(--line, #d9d6cd); position: relative; } .top .bar::after { content: ""; position: absolute; inset: 0 auto 0 0; width: calc(100% * var(--share)); background: var(--pos, #c8590b); }
  .cell-line { margin: 14px 0 0; min-height: 44px; align-content: center; } .map-scroll { overflow: auto; max-height: 56rem; padding: 4px; }
  .work { margin-top: 14px; max-width: 46rem; } .work-bar { height: 14px; border: 1px solid var(--edge, #85837b); } .work-bar i { display: block; height: 100%; width: calc(100% * var(--share)); background: var(--pos, #c8590b); } .work p { margin: 6px 0 0; }

  @container (max-width: 44rem) { .both { grid-template-columns: minmax(0, 1fr); } .heads { max-width: 24rem; } .heading { min-height: 1.35em; } }
  @container (max-width: 34rem) {
    .row-says { min-height: 4.5em; } .place { min-height: 117rem; } .status { min-height: 7rem; align-content: start; } .long { display: none; } .short { display: revert; } .heads tr > :first-child { width: 1.2rem; } .heads td, .heads th { padding: 1px; } .heads tbody th { padding-right: 3px; }
    .top li { grid-template-columns: minmax(4.2rem, 6rem) minmax(1.5rem, 1fr) 3.8rem 3.4rem; gap: 0 8px; } .top .dot { display: none; }
    .guesses li { grid-template-columns: minmax(4rem, 6rem) minmax(1.5rem, 1fr) 3.4rem 3rem; gap: 0 8px; } .compared li { grid-template-columns: minmax(3.4rem, 5rem) minmax(1.2rem, 1fr) 3.2rem 3.2rem 2.9rem; gap: 0 6px; } .changes { padding-left: 10px; }
  }
`;
