import type { Clock } from '../../common/clock.ts';
import type { Tool, ToolName } from '../../lab/toolchain/toolchain.ts';
import type { CalibrationCondition } from '../../reports/record/calibration.ts';
import { schemaVersion, type Results } from '../../reports/record/schema.ts';
import { builtInProfiles } from '../profiles/built-in.ts';
import { readProvenance } from '../runner/provenance.ts';
import { rulesOf } from '../runner/run-request.ts';
import {
  calibrationName,
  calibrationQuestion,
  delayMaxMs,
  delayMinMs,
  warmups,
  type CalibrationRequest,
} from './calibration-request.ts';
import { sentenceOf, standardCondition } from './conditions.ts';
import { examineClock } from './machine-clock.ts';
import { pauseMaxMs, restoreTimeoutMs } from './take-samples.ts';

interface Options {
  readonly request: CalibrationRequest;
  readonly tools: ReadonlyMap<ToolName, Tool>;
  readonly clock: Clock;
  readonly startedAt: Date;
}

/** Gathers what becomes the results.json of a calibration. */
export class CalibrationResults {
  readonly #options: Options;
  readonly #provenance: Results['provenance'];
  readonly #conditions: CalibrationCondition[] = [];
  readonly #clockFigures: ReturnType<typeof examineClock>;
  readonly #cpuAtStart = process.cpuUsage();
  readonly #startedMs = performance.now();

  private constructor(options: Options, provenance: Results['provenance']) {
    this.#options = options;
    this.#provenance = provenance;
    this.#clockFigures = examineClock(options.clock.nowMs);
  }

  static async create(options: Options): Promise<CalibrationResults> {
    const { request, tools } = options;
    return new CalibrationResults(options, await readProvenance(request.commandLine, request.seed, tools));
  }

  add(figures: CalibrationCondition): void {
    this.#conditions.push(figures);
  }

  #cost(): Results['cost'] {
    const totalMs = performance.now() - this.#startedMs;
    const { user, system } = process.cpuUsage(this.#cpuAtStart);
    return {
      totalMs,
      waitingForEnginesMs: 0,
      harnessMeanCores: (user + system) / 1000 / totalMs,
      // maxRSS is in kibibytes (https://nodejs.org/api/process.html#processresourceusage).
      harnessMaxMemoryBytes: process.resourceUsage().maxRSS * 1024,
    };
  }

  build(status: Results['status'], statusReason: string): Results {
    const { request, startedAt, clock } = this.#options;
    const { samples, conditions } = request;
    const standard = this.#conditions.find(({ name }) => name === standardCondition);
    return {
      schemaVersion,
      status,
      statusReason,
      startedAt: startedAt.toISOString(),
      finishedAt: clock.wallTime().toISOString(),
      resumedAt: [],
      scenario: {
        name: calibrationName,
        question: calibrationQuestion,
        figures: [],
        disturbances: conditions.map((one) => ({ name: one.name, kind: 'drift', sentence: sentenceOf(one) })),
      },
      provenance: this.#provenance,
      lab: { provider: 'embedded', podsAreSimulated: true, podStartMs: 0, nodes: 1 },
      profile: { name: calibrationName, settings: { delayMinMs, delayMaxMs, warmups } },
      plan: {
        engines: [],
        thresholds: [],
        iterationsPerDisturbance: samples,
        warmupsPerTrial: warmups,
        maxReplacements: 0,
        timeoutMs: restoreTimeoutMs,
        phaseMaxMs: pauseMaxMs,
        ...rulesOf(builtInProfiles[0]),
        holdMs: 0,
      },
      engines: [],
      cost: this.#cost(),
      iterations: [],
      predictions: [],
      instrument: null,
      calibration: { delayMinMs, delayMaxMs, clock: this.#clockFigures, conditions: this.#conditions },
      ...(standard === undefined ? {} : { errorP99Ms: standard.error.p99Ms }),
    };
  }
}
