import type { Clock } from '../../common/clock.ts';
import { parseDurationMs } from '../../common/duration.ts';
import type { WaitMeter } from '../../common/wait-meter.ts';
import type { EngineSetting, StartedEngine } from '../../lab/engines/engine.ts';
import type { Fidelity } from '../../lab/lab.ts';
import type { ManagedLab } from '../../lab/managed-lab.ts';
import type { Tool, ToolName } from '../../lab/toolchain/toolchain.ts';
import {
  schemaVersion,
  type EngineName,
  type Iteration,
  type Observation,
  type Results,
} from '../../reports/record/schema.ts';
import type { Profile } from '../profiles/profile.ts';
import { readProvenance } from './provenance.ts';
import type { RunRequest } from './run-request.ts';
import { usageByComponent } from './usage.ts';

type UsageObservation = Extract<Observation, { type: 'usage' }>;

interface BuilderOptions {
  readonly request: RunRequest;
  readonly tools: ReadonlyMap<ToolName, Tool>;
  readonly clock: Clock;
  readonly meter: WaitMeter;
  readonly startedAt: Date;
}

/** The settings of a profile under one name each: `flux.applyInterval`. */
function flattened({ flux, argocd, ...rest }: Profile): Record<string, string | number | boolean> {
  const prefixed = (prefix: string, section: object) =>
    Object.entries(section)
      .filter(([, value]) => value !== undefined)
      .map(
        ([key, value]: [string, unknown]) =>
          [`${prefix}.${key}`, typeof value === 'string' ? value : JSON.stringify(value)] as const,
      );
  return Object.fromEntries([
    ...Object.entries(rest),
    ...prefixed('flux', flux),
    ...prefixed('argocd', argocd),
  ]);
}

/** Gathers what becomes results.json. */
export class ResultsBuilder {
  readonly #options: BuilderOptions;
  readonly #provenance: Results['provenance'];
  readonly #engines: Omit<Results['engines'][number], 'usage'>[] = [];
  readonly #iterations: Iteration[] = [];
  readonly #usage: UsageObservation[] = [];
  readonly #cpuAtStart = process.cpuUsage();
  #lab: Fidelity = { provider: 'embedded', podsAreSimulated: true, podStartMs: 0, nodes: 1 };

  private constructor(options: BuilderOptions, provenance: Results['provenance']) {
    this.#options = options;
    this.#provenance = provenance;
  }

  static async create(options: BuilderOptions): Promise<ResultsBuilder> {
    const { request, tools } = options;
    return new ResultsBuilder(options, await readProvenance(request.commandLine, request.seed, tools));
  }

  addEngine(
    name: EngineName,
    { version, installedBy }: StartedEngine,
    settings: readonly EngineSetting[],
    { lab, controlPlaneMs, engineInstallMs }: Pick<ManagedLab, 'lab' | 'controlPlaneMs' | 'engineInstallMs'>,
  ): void {
    this.#lab = lab.fidelity;
    const record = { engine: name, version, installedBy, settings: [...settings] };
    this.#engines.push({ ...record, controlPlaneStartMs: controlPlaneMs, engineInstallMs });
  }

  addIteration(iteration: Iteration): void {
    this.#iterations.push(iteration);
  }

  observe(observation: Observation): void {
    if (observation.type === 'usage') this.#usage.push(observation);
  }

  #cost(): Results['cost'] {
    const { clock, meter } = this.#options;
    const totalMs = clock.nowMs();
    const { user, system } = process.cpuUsage(this.#cpuAtStart);
    return {
      totalMs,
      waitingForEnginesMs: meter.totalMs,
      harnessMeanCores: (user + system) / 1000 / totalMs,
      // maxRSS is in kibibytes (https://nodejs.org/api/process.html#processresourceusage).
      harnessMaxMemoryBytes: process.resourceUsage().maxRSS * 1024,
    };
  }

  build(status: Results['status'], statusReason: string): Results {
    const { request, startedAt, clock } = this.#options;
    const { scenario, disturbances, profile, iterations, timeoutMs, engines } = request;
    const inOrder = <T extends { engine: EngineName }>(items: readonly T[]): T[] =>
      engines.flatMap((name) => items.filter(({ engine }) => engine === name));
    return {
      schemaVersion,
      status,
      statusReason,
      startedAt: startedAt.toISOString(),
      finishedAt: clock.wallTime().toISOString(),
      scenario: {
        name: scenario.name,
        question: scenario.question,
        disturbances: disturbances.map(({ name, kind, sentence }) => ({ name, kind, sentence })),
      },
      provenance: this.#provenance,
      lab: { ...this.#lab },
      profile: { name: profile.name, settings: flattened(profile) },
      plan: {
        iterationsPerDisturbance: iterations,
        warmupsPerEngine: profile.warmups,
        maxReplacements: profile.maxReplacements,
        timeoutMs,
        holdMs: parseDurationMs(profile.hold, 'hold'),
        phaseMaxMs: parseDurationMs(profile.phaseMax, 'phaseMax'),
      },
      engines: inOrder(this.#engines).map((record) => ({
        ...record,
        usage: usageByComponent(this.#usage.filter(({ engine }) => engine === record.engine)),
      })),
      cost: this.#cost(),
      iterations: inOrder(this.#iterations),
    };
  }
}
