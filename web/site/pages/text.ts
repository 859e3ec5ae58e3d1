// The last touch on what the lesson pipeline rendered, before it is set on a page.
import { type Markup, raw } from '../html.ts';

/** A wide table scrolls by itself, by keyboard too, instead of widening the page. */
export function lessonText(rendered: string): Markup {
  return raw(
    rendered
      .replace(/<table>/g, '<div class="scroll" tabindex="0" role="group" aria-label="A table"><table>')
      .replace(/<\/table>/g, '</table></div>'),
  );
}
