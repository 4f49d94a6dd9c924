import type { Clock } from './clock.ts';

/** Adds up the time in which at least one of several waits was going on. */
export class WaitMeter {
  readonly #clock: Clock;
  #waiting = 0;
  #sinceMs = 0;
  #totalMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts the time until `wait` settles. */
  async during<T>(wait: Promise<T>): Promise<T> {
    if (this.#waiting === 0) this.#sinceMs = this.#clock.nowMs();
    this.#waiting += 1;
    try {
      return await wait;
    } finally {
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#totalMs += this.#clock.nowMs() - this.#sinceMs;
    }
  }

  get totalMs(): number {
    return this.#totalMs + (this.#waiting > 0 ? this.#clock.nowMs() - this.#sinceMs : 0);
  }
}
