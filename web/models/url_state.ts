// Where a widget's state lives: in the page's address, so that what a reader set up can be reloaded, shared and embedded.
// Each widget owns one query parameter, named by its id; its value is a short string that the widget's model writes and reads.
// `?seed=` is shared by the page. Nothing here touches storage, so it works where storage is refused.

/** The state that the address holds for `key`, or null where it holds none. */
export function readState(key: string, search: string = currentSearch()): string | null {
  return key ? new URLSearchParams(search).get(key) : null;
}

/** Puts `state` into the address under `key`; null takes it out. Does nothing where the address may not be changed. */
export function writeState(key: string, state: string | null): void {
  if (!key || typeof history === 'undefined') return;
  const search = withState(key, state);
  if (search === currentSearch()) return;
  try {
    history.replaceState(history.state, '', `${location.pathname}${search}${location.hash}`);
  } catch {
    // A sandboxed frame, or a browser that limits how often the address changes: the widget works on, unshared.
  }
}

/** The query string with `key` set to `state` (null: without it); the other parameters keep their order. */
export function withState(key: string, state: string | null, search: string = currentSearch()): string {
  const fields = [...new URLSearchParams(search)].filter(([name]) => name !== key);
  if (state !== null) fields.push([key, state]);
  return fields.length ? `?${fields.map(([name, value]) => `${escapeQuery(name)}=${escapeQuery(value)}`).join('&')}` : '';
}

/** The page's seed, a whole number from 0 to 2³² − 1: what `?seed=` says, else `fallback`. */
export function readSeed(fallback = 1, search: string = currentSearch()): number {
  const text = new URLSearchParams(search).get('seed');
  const seed = text === null || text.trim() === '' ? Number.NaN : Number(text);
  return Number.isInteger(seed) && seed >= 0 && seed <= 0xffffffff ? seed : fallback;
}

/** Named fields as one string: {a: "1,2", k: "3"} → "a:1,2;k:3". Fields that are undefined are left out. */
export function packFields(fields: Record<string, string | number | undefined>): string {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}:${String(value).replace(/[%;]/g, (mark) => (mark === '%' ? '%25' : '%3B'))}`)
    .join(';');
}

/** The other way. Text that is no such string gives no fields: an address is outside input and must not break a widget. */
export function unpackFields(state: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const part of state.split(';')) {
    const colon = part.indexOf(':');
    if (colon > 0) {
      fields[part.slice(0, colon)] = part
        .slice(colon + 1)
        .replace(/%3B/g, ';')
        .replace(/%25/g, '%');
    }
  }
  return fields;
}

/** Numbers as text with no more digits than f32 needs: "0.8,-0.3,1.2". */
export function packVector(values: ArrayLike<number>): string {
  return Array.from(values, (value) => String(Number(value.toPrecision(7)))).join(',');
}

/**
 * "0.8, −0.3 1.2" → [0.8, −0.3, 1.2]: commas or blanks between, brackets around allowed, − or - as the sign.
 * null where it holds something that is no finite number, or nothing.
 */
export function unpackVector(text: string | null | undefined): number[] | null {
  const parts = (text ?? '')
    .replace(/[[\]()]/g, ' ')
    .replaceAll('−', '-')
    .split(/[\s,]+/)
    .filter(Boolean);
  const values = parts.map(Number);
  return values.length > 0 && values.every(Number.isFinite) ? values : null;
}

/** Leaves readable what a query may hold unescaped. */
function escapeQuery(text: string): string {
  return encodeURIComponent(text).replace(/%(2C|3A|3B|2F|40|5B|5D|7C)/g, (code) => decodeURIComponent(code));
}

function currentSearch(): string {
  return typeof location === 'undefined' ? '' : location.search;
}
