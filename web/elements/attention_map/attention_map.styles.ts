import { css } from 'lit';

export const attentionMapStyles = css`
  :host { container-type: inline-size; }
  form { display: flex; flex-wrap: wrap; gap: 6px 12px; align-items: end; margin: 0 0 8px; }
  form label { flex: 1 1 18rem; color: var(--soft, #5b5d64); font-size: .8rem; min-width: 0; }
  form input { font: 400 1.05rem/1.3 var(--serif, Georgia, serif); color: var(--ink, #1d1e21); background: none; border: 0; border-bottom: 1px solid var(--touch, #0b7365); border-radius: 0; min-height: 44px; width: 100%; padding: 0 2px; }
  .tokens { display: flex; flex-wrap: wrap; gap: 4px 2px; margin: 6px 0 10px; }
  .tokens button { font: 400 1.05rem/1.1 var(--serif, Georgia, serif); color: var(--ink, #1d1e21); border: 0; border-radius: 0; min-height: 44px; min-width: 34px; padding: 2px 5px; border-bottom: 3px solid transparent;
    background: color-mix(in oklab, var(--pos, #c8590b) calc(46% * var(--share)), var(--paper, #fcfbf8)); }
  .tokens small { display: block; font: 400 .68rem/1.3 var(--sans, system-ui, sans-serif); color: var(--ink, #1d1e21); min-height: 1.3em; }
  .tokens [aria-pressed="true"] { border-bottom-color: var(--a, #8a3ea8); color: var(--a, #8a3ea8); font-weight: 600; } .tokens .later, .tokens .later small { color: var(--soft, #5b5d64); } .tokens .later { font-style: italic; }
  .tokens button:hover { border-bottom-color: var(--touch, #0b7365); }
  .row-says { font-size: 1rem; margin: 4px 0; min-height: 3em; max-width: 46rem; }
  .top { list-style: none; margin: 8px 0 0; padding: 0; max-width: 46rem; }
  .top li { display: grid; grid-template-columns: minmax(5rem, 9rem) minmax(3rem, 1fr) 4.6rem 4.6rem 4.6rem; gap: 0 12px; align-items: center; min-height: 44px; border-top: 1px solid var(--line, #d9d6cd); }
  .top .name { font: 400 1.02rem/1.2 var(--serif, Georgia, serif); overflow-wrap: anywhere; min-height: 44px; text-align: left; background: none; border: 0; padding: 0; color: var(--b, #4d7212); text-decoration: underline dotted var(--touch, #0b7365); text-underline-offset: .28em; }
  .top .name[aria-pressed="true"] { font-weight: 600; text-decoration-style: solid; } .top .name i { font-style: italic; color: var(--soft, #5b5d64); }
  .top i.bar { height: 14px; border-left: 1px solid var(--line, #d9d6cd); position: relative; } .top i.bar::after { content: ""; position: absolute; inset: 0 auto 0 0; width: calc(100% * var(--share)); background: var(--pos, #c8590b); }
  .top .n { text-align: right; font-feature-settings: "tnum", "lnum"; } .top .legend { min-height: 0; border: 0; font-size: .78rem; color: var(--soft, #5b5d64); }
  .top .chosen { background: var(--wash, #f3f1ea); }
  .grid { margin: 14px 0 0; overflow-x: auto; }
  .loading { display: flex; flex-wrap: wrap; gap: 4px 14px; align-items: center; color: var(--soft, #5b5d64); min-height: 44px; } .loading progress { width: 12rem; accent-color: var(--touch, #0b7365); }
  .place { min-height: 12rem; }
  @container (max-width: 34rem) {
    .top li { grid-template-columns: minmax(4.2rem, 6rem) minmax(1.5rem, 1fr) 3.8rem 3.4rem; gap: 0 8px; } .top .dot { display: none; }
  }
`;
