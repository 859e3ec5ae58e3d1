import { css } from 'lit';

export const probeStyles = css`
  :host { container-type: inline-size; }
  .counts { margin: 0 0 8px; min-height: 3em; max-width: 46rem; }
  .row { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 12px; margin: 4px 0; }
  .row > span { color: var(--soft, #5b5d64); }
  .layers { display: grid; grid-template-columns: repeat(7, minmax(0, 44px)); gap: 2px; }
  .layers button { min-height: 44px; padding: 0; border: 1px solid var(--line, #d9d6cd); border-radius: 0; background: none; font-feature-settings: "tnum", "lnum"; }
  .layers button[aria-pressed="true"] { border: 2px solid var(--touch, #0b7365); font-weight: 700; text-decoration: underline; text-underline-offset: 3px; }
  .layers button:disabled { color: var(--soft, #5b5d64); cursor: default; }
  .run .do { min-width: 6.5rem; }
  .progress { display: inline-flex; flex: 1 1 16rem; align-items: center; gap: 12px; min-height: 44px; font-feature-settings: "tnum", "lnum"; color: var(--soft, #5b5d64); }
  progress { appearance: none; border: 0; height: 6px; width: 10rem; background: var(--line, #d9d6cd); } progress::-webkit-progress-bar { background: var(--line, #d9d6cd); } progress::-webkit-progress-value { background: var(--touch, #0b7365); } progress::-moz-progress-bar { background: var(--touch, #0b7365); }
  .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 19rem), 1fr)); gap: 12px 32px; margin: 8px 0; }
  .charts h3 { font: 500 .95rem/1.4 var(--sans, system-ui, sans-serif); margin: 0; }
  .one { max-width: 40rem; }
  /* Room for what will be measured, from the press on Train on: nothing moves when a number comes. */
  .says { margin: 8px 0; max-width: 46rem; } .begun .says { min-height: 11rem; } .says p { margin: 0 0 6px; }
  .begun .layer { min-height: 12.5rem; } .layer { border-top: 1px solid var(--line, #d9d6cd); margin-top: 12px; padding-top: 8px; } .layer h3 { font: 500 .95rem/1.4 var(--sans, system-ui, sans-serif); margin: 0 0 4px; }
  .share { position: relative; height: 16px; background: var(--wash, #f3f1ea); border: 1px solid var(--line, #d9d6cd); max-width: 40rem; margin: 4px 0; }
  .share i { position: absolute; inset: 0 auto 0 0; width: calc(100% * var(--share)); background: var(--ink, #1d1e21); } .share b { position: absolute; top: -5px; bottom: -5px; left: calc(100% * var(--chance)); border-left: 2px dashed var(--touch, #0b7365); }
  @container (max-width: 30rem) { .begun .says { min-height: 19rem; } .begun .layer { min-height: 20rem; } .counts { min-height: 8em; } .run { min-height: 100px; align-content: start; } }
  td.word { text-align: left; }
  .loading { display: flex; flex-wrap: wrap; gap: 4px 14px; align-items: center; color: var(--soft, #5b5d64); min-height: 44px; flex: 1 1 16rem; } .loading progress { width: 12rem; }
`;
