import { css } from 'lit';

export const benchmarkStyles = css`
    .go { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 16px; min-height: 48px; }
    .go .do { min-width: 11rem; }
    .go progress { flex: 1 1 10rem; }
    .total { display: grid; grid-template-columns: minmax(7.5rem, max-content) 1fr; align-items: baseline; gap: 4px 16px; min-height: 5.4rem; margin: 8px 0; }
    .total strong { font: 500 2.1rem/1.1 var(--sans, system-ui, sans-serif); font-feature-settings: "tnum", "lnum"; }
    .total p { margin: 0; color: var(--soft, #5b5d64); }
    .results { width: 100%; table-layout: fixed; }
    .results th, .results td { height: 40px; padding: 0 8px 0 0; }
    .results thead th { height: 28px; }
    .results col.says { width: 38%; } .results col.share { width: 4.4rem; } .results col.count { width: 7.2rem; }
    .results td.share, .results td.count, .nowrap { white-space: nowrap; }
    .old .bar > i, .old .bar > u { opacity: .35; } .old .share, strong.old { color: var(--soft, #5b5d64); }
    .hint { color: var(--soft, #5b5d64); margin: 0; min-height: 1.5em; }
    .slim tr.name > th { border-bottom: 0; height: 40px; } .slim tr:not(.name) > td { height: 32px; } .slim col.share { width: 4rem; } .slim col.count { width: 6.2rem; } .slim .bar { margin-right: 4px; }
    .results th[scope="row"] { text-align: left; color: var(--ink, #1d1e21); }
    .results thead th:first-child { text-align: left; }
    .row { background: none; border: 0; padding: 0; min-height: 40px; width: 100%; text-align: left; font: inherit; overflow-wrap: anywhere; color: var(--ink, #1d1e21); }
    .row:not(:disabled) { color: var(--touch, #0b7365); } .row:not(:disabled) > span { text-decoration: underline; text-underline-offset: 3px; } .row:disabled { cursor: default; }
    .row:not(:disabled)::after { content: " ▾"; } .row[aria-expanded="true"]::after { content: " ▴"; }
    .bar { display: block; position: relative; height: 14px; border-left: 1px solid var(--line, #d9d6cd); border-right: 1px solid var(--line, #d9d6cd); }
    .bar > i { display: block; height: 100%; width: calc(var(--share) * 100%); background: var(--pos, #c8590b); }
    .bar > u { position: absolute; top: -4px; bottom: -4px; left: calc(var(--share) * 100% - 1px); width: 2px; background: var(--ink, #1d1e21); }
    .wrong td { height: auto; text-align: left; padding: 4px 0 12px; }
    .wrong ul { list-style: none; margin: 0; padding: 0; columns: 17rem; }
    .wrong li { break-inside: avoid; }
    .wrong button { background: none; border: 0; min-height: 44px; padding: 0; text-align: left; text-decoration: underline; text-underline-offset: 3px; font-weight: 400; }
    .own { border-top: 1px dashed var(--line, #d9d6cd); padding-top: 8px; margin-top: 12px; color: var(--soft, #5b5d64); }
    .own.over { outline: 2px dashed var(--touch, #0b7365); outline-offset: 4px; }
    .own input[type="file"] { max-width: 100%; font: inherit; color: var(--soft, #5b5d64); min-height: 44px; align-content: center; }
    .own input[type="file"]::file-selector-button { font: 500 .82rem/1.2 var(--sans, system-ui, sans-serif); color: var(--touch, #0b7365); background: none; border: 1px solid var(--touch, #0b7365); border-radius: 3px; min-height: 40px; padding: 0 12px; margin-right: 12px; cursor: pointer; }
`;
