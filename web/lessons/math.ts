// Mathematics to MathML, when the site is built: nothing of a formula renderer reaches the reader.
import temml from 'temml';

/** The vectors a and b and anything that belongs to them wear their colour of the figure. */
const macros: Readonly<Record<string, string>> = {
  '\\va': '\\class{a}{\\boldsymbol{a}}',
  '\\vb': '\\class{b}{\\boldsymbol{b}}',
  '\\cola': '\\class{a}{#1}',
  '\\colb': '\\class{b}{#1}',
  '\\colc': '\\class{c}{#1}',
};

/** TeX → a `<math>` element. Throws an Error with one line of explanation. */
export function mathml(tex: string, display: boolean): string {
  try {
    // Temml writes into the macros it is given, so each formula gets its own copy.
    return temml.renderToString(tex, {
      displayMode: display,
      throwOnError: true,
      trust: (context: { command: string }) => context.command === '\\class',
      macros: { ...macros },
    });
  } catch (error) {
    const first = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
    throw new Error(first.replace(/ at position \d+.*$/, '').replace(/^.*?ParseError:\s*/, ''));
  }
}
