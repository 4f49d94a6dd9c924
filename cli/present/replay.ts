import type { Announcement } from '../../scenarios/runner/stage.ts';
import { Host, type HostOptions } from './host.ts';
import { pause } from './pause.ts';
import { demandPace } from './presentation.ts';
import type { RecordedScene } from './recorded-scenes.ts';
import type { StageEvent } from './show.ts';

const help = [
  'space, Enter, Page Down, → : go on',
  'f : go straight to what comes next, where it is silent for long; the stopwatch jumps with it',
  's : skip to the next iteration',
  'q, Ctrl-C : end',
  '? : these keys',
];

/** A silence that is longer than this is worth saying that it can be shortened. */
const longMs = 3000;

/** A clock that can be put ahead. */
class ReplayClock {
  readonly #nowMs: () => number;
  #aheadMs = 0;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  readonly nowMs = (): number => this.#nowMs() + this.#aheadMs;

  advance(byMs: number): void {
    this.#aheadMs += byMs;
  }
}

/** How a scene ended. */
type SceneEnd = 'played' | 'skipped' | 'quit';

interface Playing {
  readonly host: Host;
  readonly clock: ReplayClock;
  readonly options: Pick<HostOptions, 'keys'> & { readonly signal: AbortSignal };
}

/** Waits until a moment of the replay's clock. */
async function until(
  momentMs: number,
  { host, clock, options }: Playing,
): Promise<Exclude<SceneEnd, 'played'> | undefined> {
  const leftMs = momentMs - clock.nowMs();
  if (leftMs <= 0) return undefined;
  if (leftMs > longMs) host.hint('f: go straight to what comes next · s: the next iteration');
  const end = await pause({ ...options, until: ['forward', 'skip', 'quit'], forMs: leftMs });
  if (leftMs > longMs) host.hint('?: all keys');
  if (end === 'skip') return 'skipped';
  if (end === 'quit') return 'quit';
  if (end === 'forward') clock.advance(Math.max(0, momentMs - clock.nowMs()));
  return undefined;
}

/** Announces a step, shows what belongs to it, and stands still until it is to go on. */
async function standAt(
  announcement: Announcement,
  shown: readonly StageEvent[],
  { host, options }: Playing,
): Promise<Exclude<SceneEnd, 'played'> | undefined> {
  host.take({ type: 'announce', announcement });
  for (const event of shown) host.take(event);
  const next = announcement.disturbance.command;
  const end = await host.standStill({ next }, ['go', 'skip', 'quit'], options.signal);
  if (end === 'skip') return 'skipped';
  return end === 'quit' ? 'quit' : undefined;
}

async function play({ announcement, before, cues }: RecordedScene, playing: Playing): Promise<SceneEnd> {
  const { host, clock } = playing;
  const further = before.flatMap((event) => (event.type === 'announce' ? [event.announcement] : []));
  const shown = before.filter(({ type }) => type !== 'announce');
  for (const [index, step] of [announcement, ...further].entries()) {
    const end = await standAt(step, index === 0 ? shown : [], playing);
    if (end !== undefined) return end;
  }
  let startMs = clock.nowMs();
  for (const { offsetMs, event } of cues) {
    const end = await until(startMs + offsetMs, playing);
    if (end !== undefined) return end;
    if (event.type !== 'announce') {
      host.take(event);
      continue;
    }
    const stoodFromMs = clock.nowMs();
    const left = await standAt(event.announcement, [], playing);
    if (left !== undefined) return left;
    startMs += clock.nowMs() - stoodFromMs;
  }
  return 'played';
}

interface ReplayOptions extends Omit<HostOptions, 'help'> {
  readonly signal: AbortSignal;
}

/** Plays recorded scenes at the pace at which they were recorded; settles at their end, or at the wish to quit. Rejects when aborted. */
export async function playScenes(scenes: readonly RecordedScene[], options: ReplayOptions): Promise<void> {
  const { keys, paceMs, signal } = options;
  demandPace(keys.areThere, paceMs);
  const clock = new ReplayClock(options.nowMs);
  const host = new Host({ ...options, nowMs: clock.nowMs, help });
  try {
    for (const scene of scenes) {
      const end = await play(scene, { host, clock, options: { keys, signal } });
      if (end === 'quit') break;
    }
  } finally {
    keys.close();
    host.close();
  }
}
