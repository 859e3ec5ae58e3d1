// Every custom element of the lab: its attributes (what a lesson or a page may write on it) and how to load it.
// Nothing is imported until it is needed, so that a page loads only the elements that it holds; Node can read the list too.

export interface ElementEntry {
    /** Attribute names beside id, name, title and class, which every element takes. */
    readonly attributes: readonly string[];
    readonly load: () => Promise<unknown>;
}

export const elements: Readonly<Record<string, ElementEntry>> = {
    'dot-product': { attributes: ['a', 'b', 'length', 'seed', 'presets', 'controls'], load: () => import('./product/product.ts') },
    'dot-lanes': { attributes: ['a', 'b', 'step', 'presets'], load: () => import('./lanes/lanes.ts') },
    'dot-race': { attributes: ['lengths', 'rounds', 'seed'], load: () => import('./race/race.ts') },
    'dot-unfold': { attributes: ['address', 'a', 'b'], load: () => import('./unfold/unfold.ts') },
};

/** Loads every element that `root` holds and that is not defined yet. Resolves when all are. */
export async function loadElements(root: ParentNode = document): Promise<void> {
    const wanted = Object.keys(elements).filter((name) => !customElements.get(name) && root.querySelector(name));
    await Promise.all(wanted.map((name) => elements[name]?.load()));
}
