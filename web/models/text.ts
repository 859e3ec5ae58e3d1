// Values as the page writes them inside a sentence: a true minus sign, no more digits than are sure.
import type { Value } from './check_spec.ts';

/**
 * A number with at most `digits` decimals (exactly, if `padded`), a list in brackets, words with commas between.
 */
export function asText(value: Value | undefined, digits = 4, padded = false): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) {
    const parts = value.map((one) => asText(one, digits, padded));
    if (value.length > 0 && value.every((one) => typeof one === 'string')) return parts.join(', ');
    // A short vector stays on one line.
    return `[${parts.join(parts.length <= 5 ? ',\u00a0' : ', ')}]`;
  }
  if (typeof value !== 'number') return String(value);
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'not a number' : value < 0 ? '−∞' : '∞';
  const fixed = Math.abs(value).toFixed(digits);
  const plain = padded || !fixed.includes('.') ? fixed : fixed.replace(/\.?0+$/, '');
  return value < 0 && Number(plain) !== 0 ? `−${plain}` : plain;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => entities[mark] ?? mark);
}

/**
 * What a reader typed as a number: “−0,5”, “1.5”, “3/4”, “1,000”, with the unit behind it if they like. NaN if it is none (yet).
 * A single comma is a decimal comma unless exactly three digits follow a whole number and the English reading is meant: “1,000”.
 */
export function readNumber(typed: string, unit = ''): number {
  let text = typed.trim().replace(/[−–]/g, '-').replace(/\s+/g, '');
  const suffix = unit.replace(/\s+/g, '');
  if (suffix && text.endsWith(suffix)) text = text.slice(0, -suffix.length);
  const fraction = /^([-+]?[\d.]+)\/([\d.]+)$/.exec(text);
  if (fraction) return Number(fraction[1]) / Number(fraction[2]);
  if (/^[-+]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/.test(text)) text = text.replaceAll(',', '');
  text = text.replace(',', '.');
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
}
