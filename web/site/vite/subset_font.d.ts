declare module 'subset-font' {
  /** @returns the font with these characters only; an axis may be narrowed to a range */
  export default function subsetFont(
    font: Buffer,
    text: string,
    options: { targetFormat: 'woff2'; variationAxes?: Record<string, { min: number; max: number } | number> },
  ): Promise<Buffer>;
}
