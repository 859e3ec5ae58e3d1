import { css } from 'lit';

/** Shared with the other figures of random vectors: the controls. */
export const controlStyles = css`
    .controls .size { flex: 0 1 26rem; } .size > span, .nowrap { white-space: nowrap; } .controls .size input { flex: 1 1 5rem; } .controls .size output { min-width: 3.6rem; color: var(--ink, #1d1e21); font-weight: 500; font-feature-settings: "tnum", "lnum"; }
    .seed { display: inline-flex; align-items: center; gap: 0 12px; } .controls .seed input { width: 4.4rem; text-align: right; font-feature-settings: "tnum", "lnum"; }
`;

export const cloudStyles = [
  controlStyles,
  css`
    .room { min-height: 19rem; }
    .panels { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr)); gap: 12px 40px; margin: 8px 0; }
    section { min-width: 0; max-width: 34rem; } .head { font: 500 .88rem/1.4 var(--sans, system-ui, sans-serif); margin: 0 0 8px; }
    dl { margin: 8px 0 0; display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 4px 12px; font-feature-settings: "tnum", "lnum"; } dl > div { display: contents; }
    dd { margin: 0; } dd > .soft { margin-left: 8px; } dd .num { font-weight: 500; }
    section > .soft { margin: 8px 0 0; }
    .pair { display: flex; flex-wrap: wrap; align-items: center; gap: 0 16px; min-height: 4.2em; } .pair p { margin: 6px 0; flex: 1 1 20rem; max-width: 46rem; font-feature-settings: "tnum", "lnum"; } .pair b { font-weight: 500; }
    .all table { min-width: 30rem; } .all .scroll, details .scroll { max-width: 44rem; }
`,
];
