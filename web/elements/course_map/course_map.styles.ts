import { css } from 'lit';

export const courseMapStyles = css`
    .map { position: relative; }
    .map svg { position: absolute; inset: 0; width: 100%; height: 100%; } .map svg polyline { fill: none; stroke: var(--line, #d9d6cd); stroke-width: 1; vector-effect: non-scaling-stroke; }
    ol { list-style: none; margin: 0; padding: 0; position: relative; }
    li, .hub { background: var(--paper, #fcfbf8); padding: 8px 10px; }
    h3 { font: 500 .88rem/1.35 var(--sans, system-ui, sans-serif); margin: 0; } h3 a { color: var(--touch, #0b7365); display: inline-block; padding: 4px 0; margin: -4px 0; min-height: 24px; text-underline-offset: 3px; } h3 span { color: var(--soft, #5b5d64); font-weight: 400; }
    .pair { margin: 2px 0; font-size: .92rem; } .pair .a, .pair .b { font-weight: 500; }
    .number { margin: 2px 0; min-height: 34px; font-size: 1.25rem; align-content: center; } .number .soft { font-size: .85rem; }
    .says { margin: 0; color: var(--soft, #5b5d64); font-size: .8rem; line-height: 1.4; overflow-wrap: break-word; }
    .hub { text-align: center; align-content: center; } .hub b { display: block; font: italic 500 1.9rem/1.2 var(--serif, Georgia, serif); } .hub > span { color: var(--soft, #5b5d64); }
    /* Wide: around the one operation, in reading order. */
    .wide ol { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); grid-auto-rows: 1fr; gap: 14px 36px; }
    .wide .hub { position: absolute; left: 50%; top: 60%; transform: translate(-50%, -50%); width: 26%; }
    .wide li:nth-child(8) { grid-column: 3; } .wide li:nth-child(10) { grid-column: 3; }
    .wide li:nth-child(9) { grid-column: 1; }
    .slim .hub { text-align: left; padding-left: 0; } .slim svg { display: none; }
    .slim li { padding: 12px 0; border-top: 1px solid var(--line, #d9d6cd); }
`;
