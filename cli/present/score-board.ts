import { formatDuration } from '../../common/duration.ts';
import type { EngineName, Iteration } from '../../reports/record/schema.ts';
import { engineLabels } from '../../reports/render/names.ts';

/** What was measured so far, engine beside engine. */
export class ScoreBoard {
  readonly #times = new Map<string, Map<EngineName, string>>();

  note({ disturbance, engine, verdict, kind, timeToReadyMs, watchedForMs }: Iteration): void {
    if (verdict === 'invalid' || kind === 'warmup') return;
    const time =
      timeToReadyMs === null ? `not within ${formatDuration(watchedForMs)}` : formatDuration(timeToReadyMs);
    const own = this.#times.get(disturbance) ?? new Map<EngineName, string>();
    this.#times.set(disturbance, own.set(engine, time));
  }

  /** The last time of each engine until all was ready again: `ready again: Flux 1.92 s · Argo CD 412 ms`; undefined while there is but one engine's. */
  lineOf(disturbance: string): string | undefined {
    const own = [...(this.#times.get(disturbance) ?? [])];
    if (own.length < 2) return undefined;
    return `ready again: ${own.map(([engine, time]) => `${engineLabels[engine]} ${time}`).join(' · ')}`;
  }
}
