import { css } from 'lit';

export const attentionStyles = css`
  :host { container-type: inline-size; }
  .sentence { display: flex; flex-wrap: wrap; gap: 0 4px; align-items: center; margin: 4px 0; } .words { display: contents; } .move { display: flex; padding-left: 16px; }
  .sentence > span { color: var(--soft, #5b5d64); padding-right: 6px; }
  .words button { font: 400 1.15rem/1.2 var(--serif, Georgia, serif); background: none; border: 0; border-radius: 0; min-height: 44px; min-width: 44px; padding: 0 8px; color: var(--ink, #1d1e21); border-bottom: 2px dotted var(--touch, #0b7365); }
  .words [aria-pressed="true"] { color: var(--a, #8a3ea8); font-weight: 600; border-bottom: 4px solid var(--a, #8a3ea8); background: var(--wash, #f3f1ea); }
  .figure { --label: 5.6rem; --cell: 3.7rem; --cell-width: 5.5rem; max-width: 52rem; }
  .heads { display: grid; grid-template-columns: var(--label) repeat(var(--columns), minmax(0, var(--cell-width))); font-size: .74rem; color: var(--soft, #5b5d64); text-align: center; padding-bottom: 2px; }
  .strips > .strip + .strip, .list > .strip + .strip { border-top: 1px solid var(--paper, #fcfbf8); }
  .strip > .label small { font-size: .76rem; line-height: 1.2; } .strip > .label { font-style: normal; padding-right: 6px; min-width: 0; overflow-wrap: anywhere; }
  .strip > .label .pick { font: 400 1.02rem/1.1 var(--serif, Georgia, serif); color: var(--ink, #1d1e21); background: none; border: 0; padding: 0; min-height: 44px; min-width: 44px; text-align: left; text-decoration: underline dotted var(--touch, #0b7365); text-underline-offset: .28em; }
  .strip > .label .pick[aria-pressed="true"] { color: var(--a, #8a3ea8); font-weight: 600; text-decoration-style: solid; }
  .own { margin-top: 4px; }
  .both { display: grid; grid-template-columns: minmax(0, 26rem) minmax(0, 1fr); gap: 8px 28px; align-items: start; margin-top: 10px; }
  .panel { margin-top: 12px; }
  .parts { --cell: 3.2rem; --label: 8.2rem; max-width: 30.2rem; } .figure .heads + .parts { margin-top: 0; } .panel:has(.parts) .heads { --label: 8.2rem; }
  .parts > .strip:last-child { border-top: 2px solid var(--ink, #1d1e21); --cell: 3.7rem; }
  .sum-line, .row-says { margin: 8px 0 0; min-height: 1.5em; max-width: 46rem; } .row-says { font-size: 1rem; } .move-says { border-left: 2px solid var(--touch, #0b7365); padding-left: 10px; }
  .row { max-height: none; } caption { text-align: left; padding-bottom: 4px; color: var(--soft, #5b5d64); }
  .work-row { width: 100%; } .work-row th[scope="row"] { text-align: left; color: var(--b, #4d7212); } .work-row td, .work-row th { height: 44px; padding: 0 10px 0 0; }
  .work-row .key { text-align: left; } .work-row td { white-space: nowrap; }
  .work-row .at > * { background: var(--wash, #f3f1ea); } .work-row .total > * { color: var(--soft, #5b5d64); }
  .work-row .bar { width: 30%; min-width: 2rem; text-align: left; } .work-row .bar i { display: block; height: 14px; width: calc(100% * var(--share)); background: var(--pos, #c8590b); }
  .matrices { display: flex; flex-wrap: wrap; gap: 16px 36px; } .matrix caption { font-weight: 500; } .matrix td, .matrix th { padding: 0 14px 0 0; height: 44px; } .matrix tfoot td { text-align: left; color: var(--soft, #5b5d64); height: auto; padding-top: 6px; line-height: 1.5; border: 0; }
  .refused { border-left: 2px solid var(--neg, #1f62ad); padding-left: 8px; }
  .controls > span { display: inline-flex; align-items: center; flex-wrap: wrap; gap: 0 8px; } .controls [aria-pressed="true"] { font-weight: 700; text-decoration-thickness: 3px; }
  @container (max-width: 44rem) { .both { grid-template-columns: minmax(0, 1fr); } }
  @container (max-width: 30rem) {
    .figure { --label: 4.5rem; --cell-width: 4rem; } .move { padding-left: 0; flex-basis: 100%; } .map { --names: 4rem; } .map thead th span { writing-mode: vertical-rl; transform: rotate(180deg); overflow-wrap: normal; white-space: nowrap; }
    .map tbody th { font-size: .76rem; padding-right: 4px; } .map button { font-size: .76rem; }
    .parts, .panel:has(.parts) .heads { --label: 5.4rem; } .work-row td, .work-row th { padding-right: 6px; font-size: .78rem; } .work-row .bar { width: 16%; }
  }
`;
