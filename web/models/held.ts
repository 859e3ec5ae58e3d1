// What the engine holds for a figure: given back once no answer that is shown needs it any more.

interface Handle {
  dispose(): Promise<void>;
}

export class Held {
  readonly #open = new Set<Handle>();

  /** Takes a handle into care. */
  take<H extends Handle>(handle: H): H {
    this.#open.add(handle);
    return handle;
  }

  /** Gives back all but these. Call it when no question is under way: what that has just made would go too. */
  keep(...needed: readonly (Handle | null | undefined)[]): void {
    for (const handle of this.#open) {
      if (needed.includes(handle)) continue;
      this.#open.delete(handle);
      handle.dispose().catch(() => {});
    }
  }
}
