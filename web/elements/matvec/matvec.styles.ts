import { css } from 'lit';

export const matvecStyles = css`
  .layer { --label: 4.2rem; --end: 0px; --cell: 4rem; max-width: 52rem; }
  .slim { --label: 3.4rem; }
  .line { display: grid; grid-template-columns: minmax(0, 30rem) minmax(16rem, 1fr); align-items: center; column-gap: 12px; border-inline-start: 3px solid transparent; padding: 4px 0 4px 8px; }
  .slim .line { grid-template-columns: minmax(0, 1fr); row-gap: 2px; padding-inline-start: 4px; }
  .line + .line { border-top: 1px solid var(--line, #d9d6cd); }
  .line.chosen { border-inline-start-color: var(--touch, #0b7365); }
  .line .pick { font: italic 500 1.05rem/1.2 var(--serif, Georgia, serif); min-height: 44px; min-width: 44px; padding: 0; background: none; border: 0; text-align: start; color: var(--a, #8a3ea8); text-decoration: underline dotted var(--touch, #0b7365); text-underline-offset: .28em; }
  .line .pick[aria-pressed="true"] { text-decoration-style: solid; font-weight: 700; }
  .out { display: grid; grid-template-columns: minmax(4.2rem, 1fr) 1rem 4.2rem 1rem minmax(4.6rem, 1fr); align-items: center; text-align: right; }
  .slim .out { grid-template-columns: minmax(0, 1fr) 1.2rem minmax(0, 4.6rem) 1.2rem minmax(0, 1fr); }
  .out > i { font-style: normal; text-align: center; color: var(--soft, #5b5d64); }
  .out input { font: 500 .9rem/1.2 var(--sans, system-ui, sans-serif); font-feature-settings: "tnum", "lnum"; color: var(--ink, #1d1e21); background: none; border: 0; border-bottom: 1px solid var(--touch, #0b7365); border-radius: 0; min-height: 44px; width: 100%; text-align: right; }
  .out .y { font-weight: 500; font-size: 1.15rem; }
  .heads { color: var(--soft, #5b5d64); font-size: .8rem; }
  .work { margin-top: 14px; padding-inline-start: 11px; }
  .slim .work { padding-inline-start: 7px; }
  /* As wide as the strips of the rows, so that the products stand under them: what the results leave. */
  .work .strips { max-width: min(30rem, 100% - 16rem - 12px); } .slim .work .strips { max-width: none; }
  .reading { margin: 6px 0 0; min-height: 3em; } .sum-line { margin: 6px 0 0; font-size: 1rem; min-height: 1.6em; }
  .refused { border-left: 2px solid var(--neg, #1f62ad); padding-left: 8px; }
`;
