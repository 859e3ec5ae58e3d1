// A number that can be opened. Selecting it asks the widget around it, by an event, to unfold it in place.
import { css, html, type TemplateResult } from 'lit';
import { format } from '../drawing/format.ts';
import type { Explains } from '../models/unfold.ts';

export type { Explains };

export interface NumberOptions {
  /** Where the number comes from; see the addresses of engine/models/explanations/explain.h. */
  address: string;
  source?: Explains | undefined;
  digits?: number;
  /** What the number is, in words: "a times b at place 3". */
  label?: string | undefined;
  /** Whether its unfolding is open. */
  open?: boolean;
  /** Tells apart two numbers of one widget that have the same address under different sources; default: the address. */
  key?: string;
  /** What to show in place of the formatted value. */
  text?: unknown;
}

/** What a number asks for when it is selected. */
export interface OpenRequest {
  address: string;
  source: Explains | undefined;
  key: string;
  trigger: HTMLElement;
  /** The trail to follow at once, where the page's address held one. */
  begin?: string;
}

/** The button of a number. Its click is a `dot-open` event with an OpenRequest, which DotElement answers. */
export function number(value: number, options: NumberOptions): TemplateResult {
  const { address, source, digits = 2, open = false, key = address } = options;
  const text = options.text ?? format(value, digits);
  return html`<button type="button" class="num" data-address=${key} aria-expanded=${open ? 'true' : 'false'}
        aria-label=${options.label ? `${options.label}: ${format(value, digits)}. Unfold` : `${format(value, digits)}. Unfold`}
        @click=${(event: Event) => {
          const trigger = event.currentTarget as HTMLElement;
          trigger.dispatchEvent(
            new CustomEvent<OpenRequest>('dot-open', { detail: { address, source, key, trigger }, bubbles: true, composed: true }),
          );
        }}>${text}</button>`;
}

export const numberStyles = css`
    .num { font: inherit; font-family: var(--sans, system-ui, sans-serif); font-feature-settings: "tnum", "lnum"; color: inherit; background: none; border: 0; padding: 4px 8px; margin: -4px -8px; cursor: pointer;
        position: relative; text-decoration: underline dotted var(--touch, #0b7365); text-underline-offset: .28em; text-decoration-thickness: 1.5px; border-radius: 2px; }
    .num::before { content: ""; position: absolute; inset: 50% auto auto 50%; width: max(100%, 44px); height: 44px; transform: translate(-50%, -50%); }
    .num:hover { text-decoration-thickness: 3px; }
    .num[aria-expanded="true"] { text-decoration-style: solid; }
    .num:focus-visible { outline: 2px solid var(--touch, #0b7365); outline-offset: 2px; }
`;
