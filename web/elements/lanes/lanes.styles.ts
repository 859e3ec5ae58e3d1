import { css } from 'lit';

export const lanesStyles = css`
  .machine { max-width: 44rem; }
  .stepper label { flex: 1 1 12rem; } .stepper input { flex: 1 1 6rem; } .stepper output { white-space: nowrap; min-width: 4.5rem; }
  .stepper .do { min-width: 10rem; }
  .program { font: 500 .95rem/1.4 var(--mono, ui-monospace, monospace); background: var(--wash, #f3f1ea); padding: 8px 12px; min-height: 2.4rem; overflow-x: auto; white-space: nowrap; }
  .lanes { width: 100%; table-layout: fixed; margin-top: 8px; }
  .says { margin: 8px 0 0; min-height: 3em; max-width: 40rem; }
  .lanes th:first-child { width: 4.8rem; text-align: start; }
  .lanes td, .lanes thead th { text-align: center; padding: 0 2px; height: 40px; position: relative; }
  .lanes thead th { height: 28px; font-size: .74rem; }
  .lanes .empty { color: var(--soft, #5b5d64); }
  .lanes .rule td, .lanes .rule th { border-bottom: 1px solid var(--ink, #1d1e21); }
  .lanes .active { background: var(--wash, #f3f1ea); } .lanes .active th { color: var(--ink, #1d1e21); font-weight: 500; }
  .lanes .spent td { color: var(--soft, #5b5d64); }
  .lanes td i { position: absolute; left: 50%; bottom: 2px; height: 3px; width: calc(var(--h) * 45%); }
  .lanes td i.p { background: var(--pos, #c8590b); } .lanes td i.n { background: var(--neg, #1f62ad); transform: translateX(-100%); }
  .lanes.last { margin-top: 0; } .lanes .total { font-size: 1.35rem; font-weight: 500; height: 48px; }
  .orders { margin-top: 20px; width: 100%; max-width: 44rem; } .orders caption { text-align: start; font-weight: 500; padding-bottom: 4px; }
  .orders th[scope="row"] { text-align: start; } .orders td { height: 36px; white-space: nowrap; } .orders thead th { vertical-align: bottom; } .whole { white-space: nowrap; }
  .notes { min-height: 6em; max-width: 40rem; }
  .do[aria-disabled="true"], .quiet[aria-disabled="true"] { color: var(--soft, #5b5d64); background: var(--wash, #f3f1ea); text-decoration: none; cursor: default; }
  @media (max-width: 30rem) { .program { font-size: .8rem; white-space: normal; min-height: 3.8rem; } .lanes th:first-child { width: 3.6rem; } .notes { min-height: 11em; } .orders td, .orders th { padding-right: 8px; } }
`;
