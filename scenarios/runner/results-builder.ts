import type { Clock } from '../../common/clock.ts';
import { parseDurationMs } from '../../common/duration.ts';
import type { WaitMeter } from '../../common/wait-meter.ts';
import type { StartedEngine } from '../../lab/engines/engine.ts';
import type { EngineSetting } from '../../lab/engines/setting.ts';
import type { Lab } from '../../lab/lab.ts';
import type { ManagedLab } from '../../lab/managed-lab.ts';
import type { Tool, ToolName } from '../../lab/toolchain/toolchain.ts';
import type { Instrument } from '../../reports/record/calibration.ts';
import type { Observation } from '../../reports/record/observation.ts';
import { schemaVersion, type EngineName, type Iteration, type Results } from '../../reports/record/schema.ts';
import type { Disturbance, Scenario } from '../scenario.ts';
import { withLeftOut } from './leave-out.ts';
import { readProvenance } from './provenance.ts';
import { rulesOf, type RunRequest } from './run-request.ts';
import type { Stage } from './stage.ts';
import { usageByComponent } from './usage.ts';

type UsageObservation = Extract<Observation, { type: 'usage' }>;

/** Of the scenario no more is asked than how it is called and what it measures. */
interface BuilderRequest extends Omit<RunRequest, 'scenario' | 'lab' | 'nodes'> {
  readonly scenario: Pick<Scenario, 'name' | 'question' | 'figures' | 'contrasts'>;
}

interface BuilderOptions {
  readonly request: BuilderRequest;
  readonly tools: ReadonlyMap<ToolName, Tool>;
  readonly clock: Clock;
  readonly meter: WaitMeter;
  readonly startedAt: Date;
  /** How exact the harness is on this machine, where that is known. */
  readonly instrument: Instrument | null;
  /** The run that is gone on with, and what its history says of its iterations. */
  readonly earlier?: EarlierPart | undefined;
  /** Where the run is presented. */
  readonly stage?: Pick<Stage, 'pausedMs'> | undefined;
}

/** What a reader must know of the times of such a run. */
const presentedNotice =
  'This run was made in a presentation: whoever presented it decided when each iteration began, one engine was shown at a time, and the API server was asked for what the audience saw. ' +
  'How long it stood still meanwhile is in no time and not in the cost.';

/** What an interrupted run had come to. */
export interface EarlierPart {
  readonly results: Results;
  readonly iterations: readonly Iteration[];
}

type EngineRecord = Results['engines'][number];
type TrialRecord = EngineRecord['trials'][number];

/** What an engine and its lab turned out to be when they were set up. */
interface TrialSetUp {
  readonly name: EngineName;
  readonly trial: number;
  readonly disturbances: readonly string[];
  readonly engine: Pick<StartedEngine, 'version' | 'installedBy'>;
  readonly settings: readonly EngineSetting[];
  readonly managed: Pick<ManagedLab, 'lab' | 'controlPlaneMs' | 'engineInstallMs'>;
}

type RecordedDisturbance = Results['scenario']['disturbances'][number];

/** The kind of a disturbance in a record: with a publication it is Git that is changed, by the engine's automation. */
export function recordedKind({ kind }: Pick<Disturbance, 'kind'>): RecordedDisturbance['kind'] {
  return kind === 'publication' ? 'change' : kind;
}

function recordOf(disturbance: Disturbance): RecordedDisturbance {
  const { name, kind, sentence, feature, featureFailures } = disturbance;
  const told = {
    name,
    kind: recordedKind(disturbance),
    sentence,
    ...(feature === undefined ? {} : { feature }),
    ...(featureFailures === undefined ? {} : { featureFailures }),
  };
  if (kind === 'fault') return { ...told, outcome: 'resumed' };
  const outcome = kind === 'drift' ? 'applied' : (disturbance.outcome ?? 'applied');
  return { ...told, ...(outcome === 'applied' ? {} : { outcome }) };
}

/** What the report says of a lab; images that were made for an earlier one stay named. */
function labRecord(
  { fidelity, runtime }: Pick<Lab, 'fidelity' | 'runtime'>,
  known: Results['lab'],
): Results['lab'] {
  if (runtime.kind === 'processes') return { ...fidelity, enginesRunAs: 'processes' };
  const standIns = new Set([...(known.standIns ?? []), ...runtime.standIns()]);
  return { ...fidelity, enginesRunAs: 'pods', standIns: [...standIns].sort() };
}

/** Gathers what becomes results.json. */
export class ResultsBuilder {
  readonly #options: BuilderOptions;
  readonly #provenance: Results['provenance'];
  readonly #engines = new Map<EngineName, EngineRecord>();
  readonly #iterations: Iteration[];
  readonly #usage: UsageObservation[] = [];
  readonly #cpuAtStart = process.cpuUsage();
  readonly #startedMs = performance.now();
  #lab: Results['lab'] = { provider: 'embedded', podsAreSimulated: true, podStartMs: 0, nodes: 1 };

  private constructor(options: BuilderOptions, provenance: Results['provenance']) {
    this.#options = options;
    this.#provenance = provenance;
    const { earlier } = options;
    this.#iterations = [...(earlier?.iterations ?? [])];
    for (const record of earlier?.results.engines ?? []) this.#engines.set(record.engine, record);
    if (earlier !== undefined) this.#lab = earlier.results.lab;
  }

  static async create(options: BuilderOptions): Promise<ResultsBuilder> {
    const { request, tools, earlier, stage } = options;
    const provenance =
      earlier?.results.provenance ?? (await readProvenance(request.commandLine, request.seed, tools));
    const more = stage === undefined ? [] : [presentedNotice];
    const notices = [...new Set([...provenance.notices, ...more])];
    return new ResultsBuilder(options, { ...provenance, notices });
  }

  addTrial({ name, trial, disturbances, engine, settings, managed }: TrialSetUp): void {
    const { lab, controlPlaneMs, engineInstallMs } = managed;
    this.#lab = labRecord(lab, this.#lab);
    const record: TrialRecord = {
      trial,
      disturbances: [...disturbances],
      controlPlaneStartMs: controlPlaneMs,
      engineInstallMs,
      usage: [],
    };
    const { version, installedBy } = engine;
    const known = this.#engines.get(name);
    const trials = [...(known?.trials ?? []), record];
    this.#engines.set(name, { engine: name, version, installedBy, settings: [...settings], trials });
  }

  /** What an engine's settings turned out to be once its application was there. */
  readBack(name: EngineName, settings: readonly EngineSetting[]): void {
    const known = this.#engines.get(name);
    if (known !== undefined) this.#engines.set(name, { ...known, settings: [...settings] });
  }

  addIteration(iteration: Iteration): void {
    this.#iterations.push(iteration);
  }

  observe(observation: Observation): void {
    if (observation.type === 'usage') this.#usage.push(observation);
  }

  #cost(): Results['cost'] {
    const { meter, earlier, stage } = this.#options;
    const before = earlier?.results.cost;
    const partMs = performance.now() - this.#startedMs - (stage?.pausedMs ?? 0);
    const totalMs = partMs + (before?.totalMs ?? 0);
    const { user, system } = process.cpuUsage(this.#cpuAtStart);
    const cpuMs =
      (user + system) / 1000 + (before === undefined ? 0 : before.harnessMeanCores * before.totalMs);
    // maxRSS is in kibibytes (https://nodejs.org/api/process.html#processresourceusage).
    const memoryBytes = process.resourceUsage().maxRSS * 1024;
    return {
      totalMs,
      waitingForEnginesMs: meter.totalMs + (before?.waitingForEnginesMs ?? 0),
      harnessMeanCores: cpuMs / totalMs,
      harnessMaxMemoryBytes: Math.max(memoryBytes, before?.harnessMaxMemoryBytes ?? 0),
    };
  }

  #engineRecords(): EngineRecord[] {
    return [...this.#engines.values()].map((record) => ({
      ...record,
      trials: record.trials.map((own) => {
        const isOwn = ({ engine, trial }: UsageObservation) =>
          engine === record.engine && trial === own.trial;
        const samples = this.#usage.filter(isOwn);
        return samples.length === 0 ? own : { ...own, usage: usageByComponent(samples) };
      }),
    }));
  }

  build(status: Results['status'], statusReason: string): Results {
    const { request, startedAt, clock, earlier } = this.#options;
    const { scenario, disturbances, profile, iterations, timeoutMs, engines, thresholds } = request;
    const inOrder = <T extends { engine: EngineName }>(items: readonly T[]): T[] =>
      engines.flatMap((name) => items.filter(({ engine }) => engine === name));
    const before = earlier?.results;
    return {
      schemaVersion,
      status,
      statusReason,
      startedAt: before?.startedAt ?? startedAt.toISOString(),
      finishedAt: clock.wallTime().toISOString(),
      resumedAt: before === undefined ? [] : [...before.resumedAt, startedAt.toISOString()],
      scenario: {
        name: scenario.name,
        question: scenario.question,
        disturbances: disturbances.map(recordOf),
        figures: (scenario.figures ?? []).map(({ name, title, unit }) => ({ name, title, unit })),
        contrasts: [...(scenario.contrasts ?? [])],
      },
      provenance: {
        ...this.#provenance,
        notices: withLeftOut(this.#provenance.notices, this.#iterations),
      },
      lab: { ...this.#lab },
      profile: { name: profile.name, settings: { ...profile } },
      plan: {
        engines: [...engines],
        iterationsPerDisturbance: iterations,
        warmupsPerTrial: profile.warmups,
        maxReplacements: profile.maxReplacements,
        timeoutMs,
        phaseMaxMs: parseDurationMs(profile.phaseMax, 'phaseMax'),
        ...rulesOf(profile),
        thresholds: [...thresholds],
      },
      engines: inOrder(this.#engineRecords()),
      predictions: [],
      cost: this.#cost(),
      iterations: inOrder(this.#iterations.toSorted((left, right) => left.index - right.index)),
      instrument: this.#options.instrument,
    };
  }
}
