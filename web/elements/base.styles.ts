import { css } from 'lit';

/** What all elements share. Only the site's tokens, each with its light value to fall back on, so that an element works alone. */
export const baseStyles = css`
    :host { display: block; color: var(--ink, #1d1e21); font-family: var(--sans, system-ui, sans-serif); font-size: .88rem; line-height: 1.5; }
    :host([hidden]) { display: none; }
    *, *::before, *::after { box-sizing: border-box; }
    figure { margin: 0; min-width: 0; }
    figcaption { font-weight: 500; margin-bottom: 12px; max-width: 46rem; }
    figcaption small, .soft { font-weight: 400; color: var(--soft, #5b5d64); font-size: inherit; }
    var { font-family: var(--serif, Georgia, serif); font-style: italic; font-weight: 500; }
    .a { color: var(--a, #8a3ea8); } .b { color: var(--b, #4d7212); } .c { color: var(--c, #a3314f); }
    .tabular { font-feature-settings: "tnum", "lnum"; }
    .spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; margin: 0; }

    /* Controls look touchable before they are hovered. Solid: the one act of a figure; quiet: all others. */
    button { font: 500 .82rem/1.2 var(--sans, system-ui, sans-serif); color: var(--touch, #0b7365); cursor: pointer; }
    .do { color: var(--paper, #fcfbf8); background: var(--touch, #0b7365); border: 0; padding: 0 1.05rem; border-radius: 3px; min-height: 44px; }
    .quiet { background: none; border: 0; padding: 0 .3rem; min-height: 44px; text-decoration: underline; text-underline-offset: 3px; }
    .do:disabled, .quiet:disabled { color: var(--soft, #5b5d64); background: var(--wash, #f3f1ea); text-decoration: none; cursor: default; }
    .controls { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 16px; margin: 8px 0; }
    .controls label { display: inline-flex; align-items: center; gap: 8px; color: var(--soft, #5b5d64); min-height: 44px; max-width: 100%; min-width: 0; }
    .controls label > select { flex: 1 1 auto; width: 100%; }
    select, .controls input:not([type="range"], [type="checkbox"], [type="radio"]) { font: 500 .85rem/1.2 var(--sans, system-ui, sans-serif); color: var(--touch, #0b7365); background: none; border: 0; border-bottom: 1px solid var(--touch, #0b7365);
        border-radius: 0; min-height: 36px; padding: 0 2px; max-width: 100%; min-width: 0; }
    select option { color: #1d1e21; background: #fcfbf8; }
    input[type="range"], input[type="checkbox"], input[type="radio"] { accent-color: var(--touch, #0b7365); }
    input[type="range"] { min-height: 44px; margin: 0; min-width: 0; }
    :focus-visible { outline: 2px solid var(--touch, #0b7365); outline-offset: 2px; }

    table { border-collapse: collapse; font-feature-settings: "tnum", "lnum"; font-size: .82rem; }
    th, td { text-align: right; padding: 4px 12px 4px 0; border-bottom: 1px solid var(--line, #d9d6cd); font-weight: 400; }
    th { color: var(--soft, #5b5d64); }
    details > summary { color: var(--touch, #0b7365); cursor: pointer; min-height: 32px; font-size: .82rem; align-content: center; }
    .scroll { overflow: auto; max-height: 18rem; overscroll-behavior: contain; }

    .failure { border-left: 2px solid var(--neg, #1f62ad); padding: 2px 0 2px 16px; margin: 12px 0; }
    .failure p { margin: 0; }
    .waiting { color: var(--soft, #5b5d64); margin: 0; }
    @media (prefers-reduced-motion: reduce) { *, *::before, *::after { transition: none !important; animation: none !important; } }
    @media print { .controls, label:has(> input[type="range"]), button.quiet, button.do { display: none; } }
`;
