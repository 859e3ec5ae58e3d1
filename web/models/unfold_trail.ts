// The trail in an address: `transformer/logit[5,306]~norm[5,8]~L6/out[5,8]>pair/simd`. After > stands a whole address, after ~ one that
// lacks its first folder, which is that of the step before.

/** Addresses in order as a short text. */
export function packTrail(addresses: readonly string[]): string {
  let root = '';
  return addresses
    .map((address, step) => {
      const own = rootOf(address);
      const text = escape(own && own === root ? address.slice(own.length) : address);
      const mark = step === 0 ? '' : own && own === root ? '~' : '>';
      root = own;
      return mark + text;
    })
    .join('');
}

/** The other way; what is no trail gives no address. */
export function unpackTrail(text: string): string[] {
  let root = '';
  const addresses: string[] = [];
  for (const [, mark, part = ''] of text.matchAll(/([>~]|^)([^>~]*)/g)) {
    const address = (mark === '~' ? root : '') + unescape(part);
    if (part === '' || address.length > longest || addresses.length === most) continue;
    addresses.push(address);
    root = rootOf(address);
  }
  return addresses;
}

/** An open number of a figure and its trail: `key!trail`, without the key where that is the trail's first address. */
export function packOpen(key: string, trail: string): string {
  const same = unpackTrail(trail)[0] === key && !trail.includes('!');
  return same ? trail : `${key.replace(/[%!]/g, (mark) => (mark === '%' ? '%25' : '%21'))}!${trail}`;
}

/** The other way; null where no trail is kept. */
export function openTrail(text: string): { key: string; address: string; trail: string } | null {
  const mark = text.indexOf('!');
  const trail = text.slice(mark + 1);
  const [address] = unpackTrail(trail);
  if (address === undefined) return null;
  const key = mark < 0 ? address : text.slice(0, mark).replace(/%(21|25)/g, (_, code: string) => (code === '21' ? '!' : '%'));
  return { key, address, trail };
}

/** Steps and characters of an address that are followed at most: an address is outside input. */
const [most, longest] = [200, 400];

/** The first folder of an address, with its slash. */
const rootOf = (address: string) => address.slice(0, address.indexOf('/') + 1);

const escape = (text: string) => text.replace(/[%>~]/g, (mark) => ({ '%': '%25', '>': '%3E', '~': '%7E' })[mark] ?? mark);
const unescape = (text: string) =>
  text.replace(/%(25|3E|7E)/g, (_, code: string) => ({ '25': '%', '3E': '>', '7E': '~' })[code as '25'] ?? '');
