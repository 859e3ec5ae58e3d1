import { css } from 'lit';

export const productStyles = css`
  .parts { --label: 3.6rem; --end: 8.5rem; }
  .parts.slim { --label: 3.4rem; --end: 0px; --cell: 4.6rem; }
  .block + .block { margin-top: 20px; }
  .unknown .cell:not(.edit) > i { display: none; }
  .op { display: block; width: var(--label); height: 12px; line-height: 12px; padding-left: .2rem; color: var(--soft, #5b5d64); font-size: .85rem; }
  .result { display: inline-flex; flex-direction: column; gap: 4px; min-height: 3.4rem; white-space: nowrap; }
  .result strong, .below strong { font: 500 1.75rem/1.1 var(--sans, system-ui, sans-serif); font-feature-settings: "tnum", "lnum"; }
  .below { padding: 10px 0 0 var(--label, 3.6rem); }
  .below .result { flex-direction: row; align-items: baseline; min-height: 2.4rem; }
  .scrub { display: grid; grid-template-columns: auto minmax(6rem, 1fr) 7.5rem; align-items: center; gap: 12px; min-height: 44px; margin-top: 6px; max-width: 40rem; }
  .scrub output { white-space: nowrap; }
  .reading { margin: 4px 0 0; min-height: 1.5em; }
  .result .do { white-space: normal; padding: 6px .9rem; }
  .overview { display: grid; grid-template-columns: 3.6rem minmax(0, 1fr) 3rem; align-items: center; row-gap: 6px; }
  .overview > .label { font-size: 1.05rem; } .overview > .label small { font: 400 .72rem/1 var(--sans, system-ui, sans-serif); color: var(--soft, #5b5d64); }
  .ends { position: relative; align-self: stretch; font-size: .72rem; line-height: 1; color: var(--soft, #5b5d64); }
  .ends > span { position: absolute; left: 6px; top: 50%; transform: translateY(-50%); white-space: nowrap; }
  .says { margin: 4px 0 0; } .refused { border-left: 2px solid var(--neg, #1f62ad); padding-left: 8px; }
  .whole { cursor: pointer; min-width: 0; }
  .controls .length { flex: 1 1 16rem; max-width: 26rem; } .length input { flex: 1 1 8rem; }
  .length output { min-width: 3.6rem; color: var(--ink, #1d1e21); }
  details { margin-top: 4px; }
  @media (max-width: 30rem) {
    .scrub { grid-template-columns: minmax(0, 1fr) auto; gap: 0 12px; } .scrub > span { grid-column: 1 / -1; } .reading { min-height: 3em; }
  }
`;
