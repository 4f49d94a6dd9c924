import type { Drawing, Message, Point } from './drawing.ts';

/** How long changes are gathered: five messages a second at the most, as fast as anybody reads. */
const gatherMs = 200;

/** Someone who looks. */
export interface Viewer {
  /** What was sent before has not all arrived. */
  readonly isBehind: () => boolean;
  readonly send: (message: string) => void;
}

/** What there is to be seen now; asked for only where somebody looks. */
export interface Scene {
  readonly drawing: Drawing;
  readonly run: number;
  readonly points: readonly Point[];
}

interface Seen {
  readonly run: number;
  readonly points: number;
}

/**
 * Tells viewers what there is to be seen. One who comes late gets all of it first; to one who is behind nothing is sent until
 * that has arrived, and then what there is by then, so that nothing is ever queued.
 */
export class Feed {
  readonly #look: () => Scene;
  readonly #viewers = new Map<Viewer, Seen>();
  #timer: NodeJS.Timeout | undefined;

  constructor(look: () => Scene) {
    this.#look = look;
  }

  get viewerCount(): number {
    return this.#viewers.size;
  }

  join(viewer: Viewer): void {
    this.#viewers.set(viewer, { run: 0, points: 0 });
    this.#tell([viewer]);
  }

  leave(viewer: Viewer): void {
    this.#viewers.delete(viewer);
  }

  /** Something has changed, or a viewer is no longer behind. */
  touch(): void {
    if (this.#viewers.size === 0) return;
    this.#timer ??= setTimeout(() => {
      this.flush();
    }, gatherMs).unref();
  }

  /** Tells what there is at once. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#tell([...this.#viewers.keys()].filter((viewer) => !viewer.isBehind()));
  }

  #tell(viewers: readonly Viewer[]): void {
    if (viewers.length === 0) return;
    const { drawing, run, points } = this.#look();
    for (const viewer of viewers) {
      const seen = this.#viewers.get(viewer);
      const from = seen?.run === run ? seen.points : 0;
      const message: Message = { drawing, run, from, points: points.slice(from) };
      this.#viewers.set(viewer, { run, points: points.length });
      viewer.send(JSON.stringify(message));
    }
  }
}
