import { css } from 'lit';

export const senseDriftStyles = css`
  :host { container-type: inline-size; }
  .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr)); gap: 6px 24px; margin: 0 0 6px; }
  .pair form { display: flex; gap: 8px; align-items: end; min-width: 0; } .pair label { flex: 1 1 auto; color: var(--soft, #5b5d64); font-size: .8rem; min-width: 0; }
  .pair input { font: 400 1.02rem/1.3 var(--serif, Georgia, serif); color: var(--ink, #1d1e21); background: none; border: 0; border-bottom: 1px solid var(--touch, #0b7365); border-radius: 0; min-height: 44px; width: 100%; padding: 0 2px; }
  .slide { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 14px; min-height: 44px; } .slide input { flex: 0 1 13rem; } .slide output { font-feature-settings: "tnum", "lnum"; min-width: 4.5rem; }
  .both { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr)); gap: 16px 32px; align-items: start; }
  .picture { min-width: 0; max-width: 26rem; } .picture h3, .cosines h3 { font: 500 .95rem/1.4 var(--sans, system-ui, sans-serif); margin: 0 0 4px; }
  .senses { display: flex; flex-wrap: wrap; gap: 2px 18px; margin: 4px 0; color: var(--soft, #5b5d64); font-size: .82rem; }
  .plane { display: block; width: 100%; height: auto; overflow: hidden; border: 1px solid var(--line, #d9d6cd); } .plane .axis { stroke: var(--line, #d9d6cd); stroke-width: 1; }
  .plane text { font: 500 12px/1 var(--sans, system-ui, sans-serif); fill: var(--soft, #5b5d64); }
  .plane .own circle { fill: var(--paper, #fcfbf8); stroke: var(--touch, #0b7365); stroke-width: 2.5; } .plane .own text { font-weight: 700; font-size: 13px; fill: var(--ink, #1d1e21); }
  .tally { margin: 4px 0; min-height: 4.5em; }
  .numbers { margin: 10px 0 0; width: 100%; max-width: 46rem; } .numbers th:first-child, .numbers td.word { text-align: left; } .numbers td { height: 44px; }
  .ours { list-style: none; margin: 4px 0; padding: 0; } .ours button { font: 400 .98rem/1.4 var(--serif, Georgia, serif); color: var(--ink, #1d1e21); background: none; border: 0; padding: 6px 4px; min-height: 44px; text-align: left; width: 100%; } .ours [aria-pressed="true"] { font-weight: 600; text-decoration: underline; text-underline-offset: 3px; }
  .says { max-width: 46rem; margin: 10px 0 0; min-height: 4.5em; }
  .place { min-height: 30rem; }
  .loading { display: flex; flex-wrap: wrap; gap: 4px 14px; align-items: center; color: var(--soft, #5b5d64); min-height: 44px; } .loading progress { width: 12rem; accent-color: var(--touch, #0b7365); }
`;
