/** Lets one at a time go on, in the order in which they came. */
export class Turn {
  #last: Promise<void> = Promise.resolve();

  /** Waits for its turn; the function that is returned ends it. Calling that again does nothing. */
  async take(): Promise<() => void> {
    const before = this.#last;
    let release: () => void = () => undefined;
    this.#last = new Promise<void>((resolve) => (release = resolve));
    await before;
    return release;
  }
}
