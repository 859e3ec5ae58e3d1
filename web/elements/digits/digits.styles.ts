import { css } from 'lit';

export const digitsStyles = css`
    .controls label { white-space: nowrap; }
    .wide { display: grid; grid-template-columns: minmax(0, 1.1fr) minmax(0, 1fr); column-gap: 40px; align-items: start; }
    .run { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 14px; } .run .train { min-width: 6.5rem; }
    .progress { margin: 6px 0 14px; display: flex; align-items: center; gap: 4px 12px; font-feature-settings: "tnum", "lnum"; color: var(--soft, #5b5d64); flex-wrap: wrap; min-height: 1.5em; }
    progress { appearance: none; border: 0; height: 6px; width: 10rem; background: var(--line, #d9d6cd); } progress::-webkit-progress-bar { background: var(--line, #d9d6cd); } progress::-webkit-progress-value { background: var(--touch, #0b7365); } progress::-moz-progress-bar { background: var(--touch, #0b7365); }
    .templates { list-style: none; margin: 4px 0 8px; padding: 0; display: grid; grid-template-columns: repeat(5, minmax(0, 1fr)); gap: 8px; }
    .templates.many { grid-template-columns: repeat(8, minmax(0, 1fr)); gap: 4px; }
    .templates button { display: block; width: 100%; background: none; border: 0; padding: 0; color: var(--ink, #1d1e21); text-align: left; min-height: 44px; }
    .templates button[aria-pressed="true"] .picture { outline: 2px solid var(--touch, #0b7365); }
    .templates span { display: block; min-height: 1.6em; line-height: 1.6; } .many span { font-size: .72rem; color: var(--soft, #5b5d64); }
    .template { display: grid; grid-template-columns: minmax(0, 12rem) minmax(0, 1fr); gap: 4px 20px; align-items: start; margin: 4px 0 12px; min-height: 12rem; } .template p { margin: 0 0 6px; }
    .says { margin: 4px 0 8px; max-width: 46rem; min-height: 1.5em; }
    .panel .name { font-feature-settings: "tnum", "lnum"; } .panel .now { color: var(--ink, #1d1e21); } .panel .now .num { margin: 0; padding: 4px 1px; }
    .test { margin-top: 20px; padding-top: 12px; border-top: 1px solid var(--line, #d9d6cd); } .test h3 { font: 500 1rem/1.4 var(--sans, system-ui, sans-serif); margin: 0 0 8px; }
    .own { display: grid; grid-template-columns: minmax(0, 14rem) minmax(0, 7rem) minmax(0, 26rem); gap: 12px 24px; align-items: start; } .own p { margin: 4px 0 0; font-size: .8rem; }
    .slim .own { grid-template-columns: minmax(0, 13rem) minmax(0, 6rem); } .slim .own .answers { grid-column: 1 / -1; }
    .slim .template { grid-template-columns: minmax(0, 8rem) minmax(0, 1fr); }
    .results { margin: 8px 0; } .results th { text-align: left; } .results td, .results th { height: 36px; }
`;
