import { css } from 'lit';

export const warpStyles = css`
    .wide { display: grid; grid-template-columns: minmax(0, 29rem) minmax(15rem, 1fr); column-gap: 36px; align-items: start; }
    .slim .picture { max-width: 29rem; margin: 0 auto; }
    .warped.placing { cursor: crosshair; }
    .rails { display: grid; grid-template-columns: auto minmax(0, 1fr); column-gap: 12px; align-items: center; margin-top: 4px; }
    .rails label { display: contents; } .rails label > span { color: var(--soft, #5b5d64); } .rails input { width: 100%; }
    .where { margin: 0; font-weight: 500; min-height: 3em; align-content: end; } .slim .where { margin-top: 10px; }
    .how { margin: 2px 0 8px; color: var(--soft, #5b5d64); min-height: 4.5em; }
    dl { margin: 0; display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 2px 14px; align-items: baseline; }
    dl > div { display: contents; } dl > .now dt { color: var(--ink, #1d1e21); font-weight: 600; }
    dt { color: var(--soft, #5b5d64); } dd { margin: 0; min-height: 30px; align-content: center; } details .scroll + .scroll { margin-top: 16px; } .sep { padding: 0 10px; color: var(--soft, #5b5d64); }
    .layer { font-weight: 500; margin: 14px 0 2px; }
    .legend { display: flex; flex-wrap: wrap; gap: 2px 16px; margin: 6px 0 0; color: var(--soft, #5b5d64); } .legend span { display: inline-flex; align-items: center; gap: 6px; }
    .own input[type="text"] { width: 4.5em; }
    .controls fieldset { display: inline-flex; gap: 4px 14px; border: 0; margin: 0; padding: 0; }
    .note { margin: 0; min-height: 1.5em; color: var(--soft, #5b5d64); }
    td .num, td .soft { white-space: nowrap; }
`;
