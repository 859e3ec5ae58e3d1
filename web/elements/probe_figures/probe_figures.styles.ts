import { css } from 'lit';

export const probeFiguresStyles = css`
  .controls label { white-space: nowrap; }
  .about { max-width: 46rem; margin: 0 0 8px; min-height: 3em; }
  .all { overflow-x: auto; overscroll-behavior-x: contain; }
  .all table { width: 100%; min-width: 34rem; } .all th, .all td { vertical-align: baseline; } .all thead th { vertical-align: bottom; } .all th:first-child { text-align: left; } .all small { color: var(--soft, #5b5d64); }
  .all button { font: inherit; color: var(--touch, #0b7365); background: none; border: 0; padding: 0; min-height: 44px; text-align: left; text-decoration: underline; text-underline-offset: 3px; }
  .all [aria-pressed="true"] { font-weight: 600; text-decoration-thickness: 3px; }
  .all .of { text-align: center; border-bottom: 0; }
  p + .charts, .all + .about { margin-top: 12px; }
  .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 19rem), 1fr)); gap: 12px 32px; margin: 16px 0 8px; }
  .charts h3 { font: 500 .95rem/1.4 var(--sans, system-ui, sans-serif); margin: 0; } .charts p { margin: 8px 0; }
  .command { overflow-wrap: anywhere; } code { font-size: .92em; }
`;
