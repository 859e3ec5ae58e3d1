import { css } from 'lit';

export const templatesStyles = css`
  .wide .compare { display: grid; grid-template-columns: 14rem minmax(0, 1fr); column-gap: 40px; }
  .left { min-width: 0; }
  .slim .left { display: grid; grid-template-columns: minmax(0, 1fr) minmax(5.2rem, 34%); column-gap: 12px; align-items: start; }
  .input { margin: 0; } .input figcaption, .detail figcaption { font-weight: 400; font-size: .8rem; color: var(--soft, #5b5d64); margin: 0 0 4px; min-height: 1.3em; line-height: 1.25; }
  .wide .given { display: grid; grid-template-columns: 7rem minmax(0, 1fr); column-gap: 16px; margin-top: 8px; }
  .leaf { display: flex; flex-direction: column; align-items: start; justify-content: end; } .leaf button { text-align: start; }
  .meant { margin: 4px 0 0; min-height: 3em; font-size: .8rem; grid-column: 1 / -1; }

  .rows { list-style: none; margin: 0; padding: 0; }
  .rows li, .heads { display: grid; grid-template-columns: 44px 3.4rem minmax(2rem, 1fr) 4.2rem 4.2rem; column-gap: 8px; align-items: center; }
  .slim .rows li, .slim .heads { grid-template-columns: 44px 2.9rem minmax(2rem, 1fr) 3.1rem 3rem; column-gap: 6px; }
  .rows li { min-height: 50px; border-top: 1px solid var(--line, #d9d6cd); padding-inline-start: 5px; border-inline-start: 3px solid transparent; }
  .rows li.chosen { border-inline-start-color: var(--touch, #0b7365); }
  .heads { font-size: .78rem; color: var(--soft, #5b5d64); padding-inline-start: 8px; align-items: end; line-height: 1.25; } .heads > :nth-child(n + 4) { text-align: right; }
  .thumb { display: block; width: 44px; min-height: 44px; padding: 0; margin: 2px 0; background: none; border: 0; }
  .thumb[aria-pressed="true"] .picture { outline: 2px solid var(--touch, #0b7365); }
  .name { font-size: 1.15rem; font-weight: 500; font-feature-settings: "tnum", "lnum"; line-height: 1.1; } .name small { display: block; font-size: .72rem; font-weight: 400; min-height: 1.1em; color: var(--soft, #5b5d64); }
  .bar { position: relative; height: 14px; background: linear-gradient(var(--soft, #5b5d64), var(--soft, #5b5d64)) 50% 50% / 1px 100% no-repeat; }
  .bar::before { content: ""; position: absolute; top: 0; bottom: 0; width: calc(50% * var(--h)); }
  .bar.p::before { left: 50%; background: var(--pos, #c8590b); } .bar.n::before { right: 50%; background: var(--neg, #1f62ad); }
  .rows .score, .rows .bias { text-align: right; } .rows .bias { color: var(--soft, #5b5d64); font-size: .82rem; }
  .first .score, .first .name { font-weight: 700; }

  .slim .leaf button { padding: 0; }

  .detail { margin-top: 18px; }
  .detail h3 { font: 500 1rem/1.4 var(--sans, system-ui, sans-serif); margin: 0 0 4px; }
  .three { display: grid; grid-template-columns: minmax(0, 15rem) auto minmax(0, 15rem) auto minmax(0, 15rem); gap: 4px 12px; align-items: center; justify-content: start; }
  .three figure { margin: 0; } .three .op { color: var(--soft, #5b5d64); padding-top: 1.4em; }
  .slim .three { grid-template-columns: minmax(0, 1fr) auto minmax(0, 1fr); } .slim .three figure:last-of-type { grid-column: 1 / -1; max-width: 15rem; } .slim .three .op:last-of-type { display: none; }
  .slim .three.edit figure:first-of-type { grid-column: 1 / -1; } .slim .three.edit .op:first-of-type { display: none; } .slim .three.edit .op:last-of-type { display: block; }
  .slim .three.edit figure:last-of-type { grid-column: auto; } .slim .three.edit figure:nth-of-type(2) { grid-column: 1; }
  .shades { margin: 6px 0 0; }
  .place { min-height: 1.7em; margin: 2px 0 2px; line-height: 1.7; } .slim .place { min-height: 3.4em; }
  .made { margin: 0 0 6px; line-height: 1.9; min-height: 1.9em; } .slim .made { min-height: 3.8em; } .made strong { font-weight: 500; font-size: 1.15rem; }
  .swatch { display: inline-block; width: .75em; height: .75em; vertical-align: -.05em; } .swatch.p { background: var(--pos, #c8590b); } .swatch.n { background: var(--neg, #1f62ad); }
  fieldset { border: 0; margin: 0; padding: 0; display: inline-flex; flex-wrap: wrap; gap: 0 14px; }
  .touch { white-space: nowrap; }
  .errors { display: grid; grid-template-columns: auto minmax(0, 22rem) auto; justify-content: start; gap: 4px 12px; align-items: center; margin: 8px 0 0; font-feature-settings: "tnum", "lnum"; }
  .errors .bars { height: 12px; background: var(--wash, #f3f1ea); } .errors .bars > i { display: block; height: 100%; width: calc(100% * var(--h)); background: var(--soft, #5b5d64); } .errors .bars.now > i { background: var(--touch, #0b7365); }
  .says { margin: 6px 0 0; min-height: 3em; max-width: 46rem; }
`;
