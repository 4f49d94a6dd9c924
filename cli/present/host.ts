import { formatDuration } from '../../common/duration.ts';
import type { DisplayStream } from '../progress/display.ts';
import type { Key, Keys } from './keys.ts';
import { pause, type PauseEnd } from './pause.ts';
import { plainStage } from './plain-stage.ts';
import { Show, type StageEvent } from './show.ts';
import type { DrawnStage } from './stage.ts';
import type { StageLine } from './stage-line.ts';
import { terminalStage } from './terminal-stage.ts';

/** Where and how something is presented. */
export interface HostOptions {
  readonly stream: DisplayStream;
  readonly environment: NodeJS.ProcessEnv;
  readonly keys: Keys;
  /** A pause ends by itself after this; it waits for a key where it is undefined. */
  readonly paceMs: number | undefined;
  /** The clock of the stage. */
  readonly nowMs: () => number;
  readonly banner: string;
  /** What the keys do, as sentences. */
  readonly help: readonly string[];
}

/** How a pause is told of. */
interface PauseWords {
  /** What is done next; empty where that is not known. */
  readonly next: string;
  /** What the space bar does. */
  readonly goOn?: string;
  /** What other keys do, such as `s: leave this out`. */
  readonly others?: readonly string[];
  /** It waits for a key, however long that takes. */
  readonly isForKeysAlone?: boolean;
}

function openStage({ stream, environment, nowMs, banner }: HostOptions, show: Show): DrawnStage {
  const isDumb = environment['TERM'] === 'dumb' || (environment['CI'] ?? '') !== '';
  const options = { show, nowMs, banner };
  if (stream.isTTY !== true || isDumb) return plainStage(stream, options);
  return terminalStage(stream, (environment['NO_COLOR'] ?? '') === '', options);
}

/** Leads an audience through a show: draws what happens, waits for keys, and explains them. */
export class Host {
  readonly #options: HostOptions;
  readonly #stage: DrawnStage;
  readonly #show: Show;
  readonly #unlisten: () => void;

  constructor(options: HostOptions) {
    this.#options = options;
    this.#show = new Show(options.nowMs);
    this.#stage = openStage(options, this.#show);
    this.#unlisten = options.keys.listen((key) => {
      if (key === 'help') this.add(options.help.map((text) => ({ kind: 'note', text })));
    });
  }

  take(event: StageEvent): void {
    this.add(this.#show.take(event));
  }

  add(lines: readonly StageLine[]): void {
    if (lines.length > 0) this.#stage.add(lines);
  }

  hint(text: string): void {
    this.#stage.prompt(this.#options.keys.areThere ? [text] : [], 'hint');
  }

  /** Stands still before a step, until it is to go on. Rejects when aborted. */
  async standStill(
    { next, goOn = 'go on', others = [], isForKeysAlone = false }: PauseWords,
    until: readonly Key[],
    signal: AbortSignal,
  ): Promise<PauseEnd> {
    const { keys } = this.#options;
    const paceMs = isForKeysAlone ? undefined : this.#options.paceMs;
    const byKey = keys.areThere ? [`space: ${goOn}`, ...others] : [];
    const byItself = paceMs === undefined ? [] : [`goes on by itself after ${formatDuration(paceMs)}`];
    const help = keys.areThere ? ['?: all keys'] : [];
    const command = next === '' ? [] : [`next: ${next}`];
    this.#stage.prompt([...command, [...byKey, ...byItself, ...help].join(' · ')], 'pause');
    try {
      return await pause({ keys, until, forMs: paceMs, signal });
    } finally {
      this.hint('?: all keys');
    }
  }

  close(): void {
    this.#unlisten();
    this.#stage.close();
  }
}
