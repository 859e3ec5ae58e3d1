// Numbers as the page writes them: a true minus sign, a point, tabular figures, and no digit that the engine does not vouch for.

const minus = '−';
const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** `value` with exactly `digits` decimals: −0.30. Negative zero is written 0. Very large or small magnitudes: 3.2 × 10⁻⁸. */
export function format(value: number, digits = 2): string {
  if (Number.isNaN(value)) return 'not a number';
  if (!Number.isFinite(value)) return value < 0 ? `${minus}∞` : '∞';
  if (Math.abs(value) >= 1e9) return formatPower(value);
  const [whole = '0', rest] = Math.abs(value).toFixed(digits).split('.');
  const text = (whole.length > 4 ? grouped(whole) : whole) + (rest === undefined ? '' : `.${rest}`);
  return value < 0 && /[1-9]/.test(text) ? minus + text : text;
}

/** As format, but without zeros at the end: 0.5, −3, 1.25. */
export function formatShort(value: number, digits = 4): string {
  const text = format(value, digits);
  return /^[−\d,]+\.\d+$/.test(text) ? text.replace(/\.?0+$/, '') : text;
}

/** With its sign always: +0.30, −0.30, 0.00. */
export function formatSigned(value: number, digits = 2): string {
  const text = format(value, digits);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** m × 10ⁿ with `digits` decimals in m: 3.1 × 10⁻⁸. Zero is 0. */
export function formatPower(value: number, digits = 1): string {
  if (value === 0) return '0';
  const [mantissa = '0', exponent = '0'] = Math.abs(value).toExponential(digits).split('e');
  const power = Number(exponent);
  const raised = [...String(Math.abs(power))].map((digit) => superscripts[Number(digit)]).join('');
  return `${value < 0 ? minus : ''}${mantissa} × 10${power < 0 ? '⁻' : ''}${raised}`;
}

/**
 * About `digits` significant digits: 0.74312, 32, −1.5, 3.1 × 10⁻⁸. For a number beside its check, where decimals of one fixed
 * count would say too little or too much.
 */
export function formatSignificant(value: number, digits = 6): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value) || size >= 1e9) return format(value);
  if (value !== 0 && size < 1e-4) return formatPower(value, Math.min(2, digits - 1));
  const whole = size >= 1 ? Math.floor(Math.log10(size)) + 1 : 0;
  return formatShort(value, Math.max(0, Math.min(digits + 2, digits - whole)));
}

/** As formatShort, but never wide: from 100,000 on as a power of ten, 10⁸ or −1.5·10⁶. For a cell of a table. */
export function formatTight(value: number, digits = 3): string {
  if (!Number.isFinite(value) || Math.abs(value) < 1e5) return formatShort(value, digits);
  const text = formatPower(value, 1).replace('.0 ×', ' ×');
  return text.replace(/^(−?)1 × /, '$1').replace(' × ', '·');
}

/** Made once: making one takes longer than a frame's worth of numbers. */
const counts = new Intl.NumberFormat('en');

/** A whole number with thousands apart: 12,288. */
export function formatCount(count: number): string {
  return counts.format(count);
}

/** What a reader typed as a number: "−0,5", "1.5", "1e3". NaN if it is none (yet). */
export function parseNumber(text: string): number {
  const plain = text.trim().replaceAll('−', '-').replace(',', '.');
  return plain === '' ? Number.NaN : Number(plain);
}

/** How many decimals (0 to `most`) show every one of `values` without loss, as far as `most` allows. */
export function digitsFor(values: ArrayLike<number>, most = 2): number {
  let digits = 0;
  for (let i = 0; i < values.length && digits < most; i++) {
    while (digits < most && Math.abs((values[i] ?? 0) - Number((values[i] ?? 0).toFixed(digits))) > 1e-6) digits++;
  }
  return digits;
}

/** Digits with commas between thousands. */
function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}
