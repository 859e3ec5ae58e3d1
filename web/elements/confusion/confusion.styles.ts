import { css } from 'lit';

export const confusionStyles = css`
    .both { display: grid; grid-template-columns: minmax(0, 32rem) minmax(0, 1fr); column-gap: 40px; align-items: start; }
    .score { margin: 4px 0 10px; min-height: 3em; max-width: 46rem; } .score strong { font: 500 1.35rem/1.2 var(--sans, system-ui, sans-serif); font-feature-settings: "tnum", "lnum"; margin-right: .3em; }
    .cell-head { margin: 0; min-height: 3em; } .cell-head b { font-weight: 600; }
    .examples { list-style: none; margin: 0; padding: 0; display: grid; grid-template-columns: repeat(6, minmax(0, 1fr)); gap: 8px; min-height: 9rem; align-content: start; }
    .examples button { display: block; width: 100%; background: none; border: 0; padding: 0; color: var(--soft, #5b5d64); font-size: .72rem; min-height: 44px; font-weight: 400; }
    .examples button[aria-pressed="true"] .picture { outline: 2px solid var(--touch, #0b7365); }
    .paging { display: flex; align-items: center; gap: 0 12px; min-height: 44px; font-feature-settings: "tnum", "lnum"; color: var(--soft, #5b5d64); }
    .one { display: grid; grid-template-columns: minmax(0, 7rem) minmax(0, 26rem); gap: 4px 20px; align-items: start; margin-top: 8px; min-height: 23rem; align-content: start; } .one > p { grid-column: 1 / -1; margin: 0; }
    .slim .one { min-height: 0; } .slim .examples { min-height: 0; }
    .slim .one .answers { grid-column: 1 / -1; }
`;
