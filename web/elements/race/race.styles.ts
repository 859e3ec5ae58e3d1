import { css } from 'lit';

export const raceStyles = css`
  .chart { max-width: 44rem; }
  .row { display: grid; grid-template-columns: 4.2rem minmax(0, 1fr) 4.2rem; align-items: center; gap: 8px; height: 34px; border-bottom: 1px solid var(--line, #d9d6cd); }
  .row > span:last-child { text-align: right; } .row > span:first-child { text-align: right; padding-right: 8px; }
  .keys { display: flex; flex-wrap: wrap; gap: 0 20px; margin: 8px 0 0; font-size: .82rem; }
  .row.heads { color: var(--soft, #5b5d64); font-size: .78rem; height: 28px; } .heads > span:nth-child(2) { padding-left: 8px; white-space: nowrap; }
  .js, .simd { --tone: var(--soft, #5b5d64); } .simd { --tone: var(--touch, #0b7365); }
  span.js, span.simd { color: var(--tone); } span.js::before { content: "● "; } span.simd::before { content: "◆ "; }
  .track { position: relative; height: 100%; margin: 0 8px; }
  .mark { position: absolute; top: 50%; left: calc(100% * var(--at)); width: 10px; height: 10px; transform: translate(-50%, -50%); background: var(--tone); }
  .mark.js { border-radius: 50%; } .mark.simd { transform: translate(-50%, -50%) rotate(45deg); width: 9px; height: 9px; }
  .spread { position: absolute; top: calc(50% - 1px); height: 2px; left: calc(100% * var(--from)); width: max(2px, calc(100% * (var(--to) - var(--from)))); background: var(--tone); opacity: .55; }
  .row.axis { border: 0; color: var(--soft, #5b5d64); font-size: .72rem; height: 24px; }
  .axis .track > span { position: absolute; left: calc(100% * var(--at)); transform: translateX(-50%); white-space: nowrap; }
  .state { display: inline-flex; align-items: center; gap: 10px; min-height: 44px; } progress { accent-color: var(--touch, #0b7365); width: 8rem; }
  .guess { border: 0; margin: 0 0 8px; padding: 0; display: flex; flex-wrap: wrap; gap: 0 20px; align-items: center; } .guess legend { padding: 0; }
  .guess label { display: inline-flex; gap: 8px; align-items: center; min-height: 44px; } .guess input { width: 20px; height: 20px; margin: 0; }
  .said { flex: 1 0 100%; margin: 0; min-height: 1.5em; } .power, details td { white-space: nowrap; } .key { margin: 8px 0; min-height: 1.5em; font-size: .82rem; }
  @media (max-width: 30rem) { .heads > span:nth-child(2) { white-space: normal; } .row.heads { height: 44px; } }
  details p { max-width: 44rem; }
`;
