import { css } from 'lit';

export const probeDirectionStyles = css`
  :host { container-type: inline-size; }
  form { display: flex; flex-wrap: wrap; gap: 6px 12px; align-items: end; margin: 0 0 8px; }
  form label { flex: 1 1 18rem; color: var(--soft, #5b5d64); font-size: .8rem; min-width: 0; }
  form input { font: 400 1.05rem/1.3 var(--serif, Georgia, serif); color: var(--ink, #1d1e21); background: none; border: 0; border-bottom: 1px solid var(--touch, #0b7365); border-radius: 0; min-height: 44px; width: 100%; padding: 0 2px; }
  .tokens { display: flex; flex-wrap: wrap; gap: 6px 4px; margin: 8px 0 10px; padding: 0; list-style: none; }
  .tokens li { display: grid; justify-items: center; min-width: 44px; padding: 4px 6px 0; border-bottom: 4px solid transparent; background: color-mix(in oklab, var(--side) calc(46% * var(--tint)), var(--paper, #fcfbf8)); }
  .tokens em { font: 400 1.08rem/1.3 var(--serif, Georgia, serif); font-style: normal; white-space: pre; }
  .tokens .num { min-height: 40px; } .tokens small { color: var(--ink, #1d1e21); font-size: .7rem; line-height: 1.3; padding-bottom: 3px; }
  .tokens .aside em, .tokens .aside small { color: var(--soft, #5b5d64); font-style: italic; }
  .tokens li.yes { border-bottom-color: var(--ink, #1d1e21); }
  .says { max-width: 46rem; margin: 4px 0; min-height: 3em; }
  .strip-row { display: grid; grid-template-columns: 5.2rem minmax(0, 1fr); gap: 0 12px; align-items: center; margin: 4px 0; } .strip-row span { color: var(--soft, #5b5d64); }
  .top { display: flex; flex-wrap: wrap; gap: 0 20px; margin: 0; padding: 0; list-style: none; min-height: 44px; } .top li { display: inline-flex; align-items: center; gap: 8px; min-height: 44px; }
  .share { position: relative; height: 16px; background: var(--wash, #f3f1ea); border: 1px solid var(--line, #d9d6cd); max-width: 40rem; margin: 4px 0; }
  .share i { position: absolute; inset: 0 auto 0 0; width: calc(100% * var(--share)); background: var(--ink, #1d1e21); } .share b { position: absolute; top: -5px; bottom: -5px; left: calc(100% * var(--chance)); border-left: 2px dashed var(--touch, #0b7365); }
  .rest { min-height: 5em; max-width: 46rem; } .rest p { margin: 8px 0 4px; }
  .place { min-height: 18rem; }
  .loading { display: flex; flex-wrap: wrap; gap: 4px 14px; align-items: center; color: var(--soft, #5b5d64); min-height: 44px; } .loading progress { width: 12rem; accent-color: var(--touch, #0b7365); }
`;
