import { css } from 'lit';

/** The look of a prediction: hairlines above and below, the guess in the colour of what can be touched, the answer in ink. */
export const predictStyles = css`
  :host { border-block: 1px solid var(--line, #d9d6cd); padding-block: 12px; }
  ::slotted(div) { font: 400 1rem/1.5 var(--serif, Georgia, serif); }
  .guessing { margin-top: 4px; }
  .slider { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; align-items: center; gap: 0 12px; color: var(--soft, #5b5d64); font-feature-settings: "tnum", "lnum"; font-size: .8rem; }
  /* The slider is drawn as its line will be after the reveal. Untouched, it has no handle: there is no guess in it. */
  .slider input { width: 100%; appearance: none; background: none; cursor: pointer; }
  .slider input::-webkit-slider-runnable-track { height: 1px; background: var(--edge, #85837b); }
  .slider input::-moz-range-track { height: 1px; background: var(--edge, #85837b); }
  .slider input::-webkit-slider-thumb { appearance: none; width: 22px; height: 22px; margin-top: -11px; border: 2px solid var(--touch, #0b7365); border-radius: 50%; background: var(--paper, #fcfbf8); }
  .slider input::-moz-range-thumb { box-sizing: border-box; width: 22px; height: 22px; border: 2px solid var(--touch, #0b7365); border-radius: 50%; background: var(--paper, #fcfbf8); }
  .slider input:focus-visible { outline-offset: -10px; }
  .slider input:focus-visible:not(.unplaced) { outline: none; }
  .slider input:focus-visible::-webkit-slider-thumb { outline: 2px solid var(--touch, #0b7365); outline-offset: 2px; }
  .slider input:focus-visible::-moz-range-thumb { outline: 2px solid var(--touch, #0b7365); outline-offset: 2px; }
  .slider .unplaced::-webkit-slider-thumb { opacity: 0; }
  .slider .unplaced::-moz-range-thumb { opacity: 0; }
  .slider .unplaced::-webkit-slider-runnable-track { background: repeating-linear-gradient(90deg, var(--touch, #0b7365) 0 6px, transparent 6px 12px); height: 2px; }
  .slider .unplaced::-moz-range-track { background: repeating-linear-gradient(90deg, var(--touch, #0b7365) 0 6px, transparent 6px 12px); height: 2px; }
  .row { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 16px; min-height: 48px; }
  .row .said { margin: 0; }
  .said:focus { outline: none; }
  .row strong { font-weight: 500; }

  /* After the reveal the slider's place shows both on one line. */
  .line { position: relative; height: 44px; }
  .line::before { content: ""; position: absolute; left: 0; right: 0; top: 50%; border-top: 1px solid var(--edge, #85837b); }
  .line i { position: absolute; top: 50%; transform: translate(-50%, -50%); }
  .line .guess { width: 12px; height: 12px; border: 2px solid var(--touch, #0b7365); border-radius: 50%; background: var(--paper, #fcfbf8); }
  .line .answer { width: 3px; height: 28px; background: var(--ink, #1d1e21); }
  .line .between { height: 3px; transform: translateY(-50%); background: var(--touch, #0b7365); opacity: .45; }

  .choices { list-style: none; margin: 4px 0 0; padding: 0; display: grid; gap: 2px; }
  /* Three words beside each other; what is said of one stands below it, in room kept for it. */
  .choices.signs { grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 2px 12px; }
  .choices.signs button, .choices.signs .done { display: grid; grid-template-columns: 16px minmax(0, 1fr); column-gap: 10px; align-content: start; align-items: center; padding-top: 12px; min-height: 60px; }
  .choices.signs small { grid-column: 2; }
  .choices button, .choices .done { display: flex; align-items: center; gap: 10px; width: 100%; min-height: 44px; text-align: left; font: 500 .9rem/1.3 var(--sans, system-ui, sans-serif); background: none; border: 0; padding: 4px 0; }
  .choices .done { color: var(--ink, #1d1e21); font-weight: 400; }
  .choices .mark { flex: none; width: 16px; height: 16px; border: 1.5px solid var(--touch, #0b7365); border-radius: 50%; }
  .choices .done .mark { border-color: var(--edge, #85837b); }
  .choices .guessed .mark { border-color: var(--touch, #0b7365); box-shadow: inset 0 0 0 3px var(--paper, #fcfbf8); background: var(--touch, #0b7365); }
  .choices .right .text { font-weight: 600; }
  .choices small { color: var(--soft, #5b5d64); font-size: .78rem; font-weight: 400; }
  .choices .own { margin-left: auto; }
  @media (max-width: 480px) {
    .choices.signs { grid-template-columns: 1fr; gap: 2px; }
    .choices.signs button, .choices.signs .done { display: flex; align-items: center; padding-top: 4px; min-height: 44px; }
  }
`;
