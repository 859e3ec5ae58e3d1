// What rendering a text gives besides its HTML: what it claims, runs and links to, for the lesson check and the page around it.

/** A number or word that the text claims. */
export interface Claim {
  kind: 'value' | 'predict' | 'option';
  /** What the author wrote; for a prediction its question. */
  text: string;
  attributes: Record<string, string>;
  /** For a prediction with a list: the choices in plain text. */
  choices: string[];
  line: number;
}

export interface Cell {
  id: string;
  code: string;
  /** The last line it must print, if the author says so. */
  prints: string | undefined;
  /** The line of the first line of code. */
  line: number;
}

export interface Heading {
  id: string;
  text: string;
  depth: number;
}

/** What a text holds, besides its HTML. */
export interface Rendered {
  html: string;
  headings: Heading[];
  /** Names of the custom elements in it, in order of first use. */
  elements: string[];
  claims: Claim[];
  cells: Cell[];
  links: { url: string; line: number }[];
  /** Everything a link may point to. */
  ids: string[];
  /** The line of `::checks`, or 0. */
  checksLine: number;
}
