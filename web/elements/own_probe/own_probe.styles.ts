import { css } from 'lit';

export const ownProbeStyles = css`
  :host { container-type: inline-size; }
  .sentences { margin: 8px 0; padding: 0; list-style: none; min-height: 15rem; } .sentences li { display: flex; flex-wrap: wrap; gap: 2px; padding: 4px 0; border-bottom: 1px solid var(--line, #d9d6cd); }
  .sentences button { font: 400 1.08rem/1.2 var(--serif, Georgia, serif); color: var(--ink, #1d1e21); border: 0; border-bottom: 4px solid transparent; border-radius: 0; min-height: 44px; min-width: 30px; padding: 2px 6px; background: color-mix(in oklab, var(--side) calc(40% * var(--tint)), var(--paper, #fcfbf8)); }
  .sentences button small { display: block; font: 600 .68rem/1.2 var(--sans, system-ui, sans-serif); min-height: 1.2em; } .sentences .rest { font: 400 1.08rem/1.2 var(--serif, Georgia, serif); align-self: center; padding-bottom: 1rem; }
  .sentences [data-mark="yes"] { border-bottom-color: var(--pos, #c8590b); font-weight: 600; } .sentences [data-mark="no"] { border-bottom-color: var(--neg, #1f62ad); font-weight: 600; }
  .sentences button:hover { border-bottom-color: var(--touch, #0b7365); }
  .notices { max-width: 46rem; margin: 8px 0; min-height: 6em; } .notices p { margin: 0 0 4px; }
  .marked { display: flex; flex-wrap: wrap; gap: 0 16px; margin: 0; padding: 0; list-style: none; min-height: 44px; } .marked li { display: inline-flex; align-items: center; gap: 2px; } .marked em { font: 400 1.02rem/1 var(--serif, Georgia, serif); }
  .found { list-style: none; margin: 4px 0; padding: 0; } .found li { display: grid; grid-template-columns: minmax(5rem, 8rem) 4.6rem minmax(0, 1fr); gap: 0 12px; align-items: center; min-height: 44px; border-bottom: 1px solid var(--line, #d9d6cd); } .found em { font: 400 1.05rem/1.2 var(--serif, Georgia, serif); } .found .n { text-align: right; } .found .in { color: var(--soft, #5b5d64); font: 400 .95rem/1.3 var(--serif, Georgia, serif); overflow-wrap: anywhere; } .found mark { background: none; color: var(--ink, #1d1e21); text-decoration: underline; text-underline-offset: 3px; }
  .both { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 8px 32px; } .both h3 { font: 500 .95rem/1.4 var(--sans, system-ui, sans-serif); margin: 8px 0 0; }
  .lists { min-height: 20rem; }
  .place { min-height: 30rem; }
  .loading { display: flex; flex-wrap: wrap; gap: 4px 14px; align-items: center; color: var(--soft, #5b5d64); min-height: 44px; } .loading progress { width: 12rem; accent-color: var(--touch, #0b7365); }
  @container (max-width: 30rem) { .found li { grid-template-columns: minmax(4rem, 1fr) 4.2rem; } .found .in { grid-column: 1 / -1; padding-bottom: 6px; } }
`;
