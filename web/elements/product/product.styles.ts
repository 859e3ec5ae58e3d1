import { css } from 'lit';

export const productStyles = css`
  .parts { --label: 2.4rem; --end: 8.5rem; }
  .parts.slim { --label: 1.9rem; --end: 0px; --cell: 4.2rem; }
  .block + .block { margin-top: 20px; }
  .unknown .cell:not(.edit) > i { display: none; }
  .op { display: block; width: var(--label); height: 12px; line-height: 12px; padding-left: .2rem; color: var(--soft, #5b5d64); font-size: .85rem; }
  .result { display: inline-flex; flex-direction: column; gap: 4px; min-height: 3.4rem; white-space: nowrap; }
  .result strong, .below strong { font: 500 1.75rem/1.1 var(--sans, system-ui, sans-serif); font-feature-settings: "tnum", "lnum"; }
  .below { padding: 10px 0 0 var(--label, 2.4rem); }
  .below .result { flex-direction: row; align-items: baseline; min-height: 2.4rem; }
  .scrub { display: grid; grid-template-columns: auto minmax(6rem, 1fr) 7.5rem; align-items: center; gap: 12px; min-height: 44px; margin-top: 6px; max-width: 40rem; }
  .scrub output { white-space: nowrap; }
  .reading { margin: 4px 0 0; min-height: 1.5em; }
  .overview { display: grid; grid-template-columns: 2.4rem minmax(0, 1fr); align-items: center; row-gap: 6px; }
  .overview > .label { font-size: 1.05rem; }
  .whole { cursor: pointer; min-width: 0; }
  .length output { min-width: 3.6rem; color: var(--ink, #1d1e21); }
  details { margin-top: 4px; }
  @media (max-width: 30rem) {
    .scrub { grid-template-columns: minmax(0, 1fr) auto; gap: 0 12px; } .scrub > span { grid-column: 1 / -1; } .reading { min-height: 3em; }
  }
`;
