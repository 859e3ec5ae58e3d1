import { css } from 'lit';

export const confusionStyles = css`
    .controls label { white-space: nowrap; } .slim .controls label { flex-wrap: wrap; gap: 0 8px; width: 100%; } .slim .controls label > select { flex: 1 1 100%; }
    .both { display: grid; grid-template-columns: minmax(0, 26rem) minmax(0, 1fr); column-gap: 32px; align-items: start; }
    .score { margin: 4px 0 10px; min-height: 3em; max-width: 46rem; } .score strong { font: 500 1.35rem/1.2 var(--sans, system-ui, sans-serif); font-feature-settings: "tnum", "lnum"; margin-right: .3em; }
    .cell-head { margin: 0 0 8px; min-height: 4.5em; } .cell-head b { font-weight: 600; }
    .examples { list-style: none; margin: 0; padding: 0; display: grid; grid-template-columns: repeat(6, minmax(0, 1fr)); gap: 8px; min-height: 9rem; align-content: start; }
    .examples button { display: block; width: 100%; background: none; border: 0; padding: 0; color: var(--soft, #5b5d64); font-size: .72rem; min-height: 44px; font-weight: 400; white-space: nowrap; }
    .examples button[aria-pressed="true"] .picture { outline: 2px solid var(--touch, #0b7365); }
    .paging { display: flex; align-items: center; gap: 0 12px; min-height: 44px; font-feature-settings: "tnum", "lnum"; color: var(--soft, #5b5d64); white-space: nowrap; } .paging button:disabled { background: none; }
    .one { display: grid; grid-template-columns: minmax(0, 10rem) minmax(0, 26rem); gap: 4px 28px; align-items: start; margin: 12px 0 8px; min-height: 22rem; align-content: start; } .one > p { grid-column: 1 / -1; margin: 0; } .one p { font-size: .82rem; margin: 4px 0 0; }
    .slim .one { grid-template-columns: minmax(0, 1fr); } .slim .one > :first-child { max-width: 8rem; }
`;
