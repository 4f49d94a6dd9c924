import type { Clock } from '../../common/clock.ts';
import type { IterationEvent } from './run-words.ts';
import { titleOf } from './run-words.ts';

/** When a run is expected to end, going by the iterations of its trials so far. */
export class Forecast {
  readonly #clock: Clock;
  readonly #endMsByTrial = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  note(event: IterationEvent): void {
    this.#endMsByTrial.set(titleOf(event.trial), this.#clock.wallTime().getTime() + event.remainingMs);
  }

  /** As people read a clock on the wall: `ends about 23:42`, with the date where it is another day; empty before the first iteration. */
  words(): string {
    if (this.#endMsByTrial.size === 0) return '';
    const end = new Date(Math.max(...this.#endMsByTrial.values()));
    const time = end.toTimeString().slice(0, 5);
    const isToday = end.toDateString() === this.#clock.wallTime().toDateString();
    const pad = (value: number): string => String(value).padStart(2, '0');
    const date = `${end.getFullYear()}-${pad(end.getMonth() + 1)}-${pad(end.getDate())}`;
    return `ends about ${isToday ? time : `${date} ${time}`}`;
  }
}
