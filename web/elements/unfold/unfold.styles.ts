import { css } from 'lit';

export const unfoldStyles = css`
  :host { font-size: .85rem; }
  .unfold { border-left: 2px solid var(--touch, #0b7365); padding: 2px 0 2px 16px; margin: 12px 0; min-width: 0; }
  .head { min-height: 9rem; }
  .head:focus { outline: none; }
  .head:focus-visible { outline: 2px solid var(--touch, #0b7365); outline-offset: 6px; }
  .line { margin: 0 0 8px; overflow-wrap: anywhere; }
  .legend { margin: 0 0 10px; } .legend > div { display: flex; gap: 8px; align-items: baseline; } .legend dt { flex: none; min-width: 1.2rem; font-family: var(--serif, Georgia, serif); font-style: italic; font-weight: 500; } .legend dd { margin: 0; color: var(--soft, #5b5d64); min-width: 0; }
  .ground { max-width: 40rem; }
  .line strong { font: 500 1.35rem/1.2 var(--sans, system-ui, sans-serif); font-feature-settings: "tnum", "lnum"; }
  .formula { color: var(--soft, #5b5d64); font-family: var(--serif, Georgia, serif); font-size: 1rem; }
  .check { color: var(--soft, #5b5d64); font-size: .8rem; margin: 10px 0 2px; font-feature-settings: "tnum", "lnum"; }
  .whole { white-space: nowrap; }
  .check b { color: var(--ink, #1d1e21); font-weight: 500; }
  .strip + .strip { margin-top: 10px; }
  .strip.sum { margin-bottom: 10px; }
  .row { display: grid; grid-template-columns: 5.5rem minmax(0, 1fr); align-items: center; gap: 8px; margin: 2px 0; }
  .row > span { overflow-wrap: anywhere; }
  .fraction { display: inline-grid; text-align: center; vertical-align: middle; margin: 4px 0; }
  .fraction > span { padding: 6px 12px; } .fraction > span + span { border-top: 1px solid var(--ink, #1d1e21); }
  .terms { width: 100%; max-width: 40rem; } .terms td:first-child, .terms th:first-child { text-align: start; }
  .terms .bar { width: 30%; min-width: 4rem; }
  .terms td { height: 40px; }
  .terms i { display: block; position: relative; height: 10px; background: linear-gradient(var(--line, #d9d6cd), var(--line, #d9d6cd)) 50% 50% / 1px 100% no-repeat; }
  .terms i::before { content: ""; position: absolute; top: 0; bottom: 0; width: calc(50% * var(--h)); }
  .terms i.p::before { left: 50%; background: var(--pos, #c8590b); } .terms i.n::before { right: 50%; background: var(--neg, #1f62ad); }
  .tabs { display: flex; gap: 16px; margin: 4px 0; }
  .tabs button[aria-pressed="true"] { text-decoration: none; color: var(--ink, #1d1e21); }
`;
