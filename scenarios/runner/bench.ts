import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { parseDurationMs } from '../../common/duration.ts';
import { Turn } from '../../common/turn.ts';
import type { WaitMeter } from '../../common/wait-meter.ts';
import { unwindAfter } from '../../common/unwind.ts';
import type { StartedEngine } from '../../lab/engines/engine.ts';
import { fleetOf } from '../../lab/engines/registry.ts';
import { createLabHome, type LabHome } from '../../lab/home/lab-home.ts';
import { chooseRegistryHost } from '../../lab/forge/oci-registry.ts';
import { prepareOperator } from '../../lab/operator/operator.ts';
import type { LiveObject } from '../../lab/kube/objects.ts';
import { startManagedLab, type ManagedLab } from '../../lab/managed-lab.ts';
import { fileOf } from '../../lab/toolchain/file-of.ts';
import type { Observation } from '../../reports/record/observation.ts';
import type { EngineName } from '../../reports/record/schema.ts';
import { trialTitle } from '../../reports/record/trial-title.ts';
import { engineChoice } from '../profiles/engine-choice.ts';
import type { Application, Disturbance, Environment, Scenario } from '../scenario.ts';
import { publisherOf } from './charts.ts';
import { footprintOf } from './footprint.ts';
import { labApplication, type LabApplication } from './lab-application.ts';
import { filesOf } from './revisions.ts';
import type { FollowedImages, TrialContext } from './trial-context.ts';
import type { MachineGauge } from './machine.ts';
import { keepMachines } from './machine-keeper.ts';
import { workloadImages } from './workload-images.ts';
import { startObserver, type ClusterObserver } from './observer.ts';
import { randomness } from './plan.ts';
import type { TrialName } from './progress.ts';
import type { SharedByRun } from './shared-by-run.ts';
import { untilBroken } from './trial.ts';
import { rulesOf, type RunRequest } from './run-request.ts';
import type { Stage } from './stage.ts';
import { StageOfTrial } from './stage-of-trial.ts';
import type { TrafficPlace } from './traffic.ts';

/** A trial that is to be made: which engine, and what is to be done to it. */
export interface TrialSpec extends TrialName {
  readonly disturbances: readonly Disturbance[];
}

/** A lab with its engine, and who follows it. */
export interface Bench extends Pick<LabApplication, 'application' | 'reader' | 'shelf'> {
  readonly spec: TrialSpec;
  readonly home: LabHome;
  readonly managed: ManagedLab;
  readonly engine: StartedEngine;
  readonly observer: ClusterObserver;
}

/** What all parts of a run share. */
export interface Running extends SharedByRun<RunRequest> {
  readonly meter: WaitMeter;
  readonly nextIndex: (engine: EngineName) => number;
  /** Undefined where nothing is presented. */
  readonly stage: Stage | undefined;
}

/** The environments whose labs follow one repository; none where there is one lab, or each has its own. */
function sharingEnvironments({ environments = [], hasOwnRepositories }: Scenario): readonly Environment[] {
  return hasOwnRepositories === true ? [] : environments;
}

/** What Git holds when an engine is installed: the application comes with the first iteration, as it does for a team that begins. */
function firstFiles(
  scenario: Scenario,
  { application, reader }: LabApplication,
): Readonly<Record<string, string>> {
  const all = sharingEnvironments(scenario).map((one) =>
    filesOf(one.application, one.application.objectsAt(0), reader),
  );
  if (all.length > 0) return Object.assign({}, ...all) as Record<string, string>;
  const namespaces = application.objectsAt(0).filter(({ kind }) => kind === 'Namespace');
  return filesOf(application, namespaces, reader);
}

/** The environment that a trial's disturbances are made in; undefined where the scenario has but one cluster. */
function environmentOf(
  { environments = [] }: Scenario,
  { disturbances }: TrialSpec,
): Environment | undefined {
  return environments.find(({ name }) => name === disturbances[0]?.environment);
}

/** Which of the clusters that are there a trial's lab is to be in: each environment has its own. */
function clusterIndexOf(scenario: Scenario, spec: TrialSpec): number {
  const environment = environmentOf(scenario, spec);
  return Math.max(0, scenario.environments?.findIndex((one) => one === environment) ?? 0);
}

/** What Git holds for the lab of a trial. */
function applicationOf(scenario: Scenario, spec: TrialSpec): Application {
  return environmentOf(scenario, spec)?.application ?? scenario.application;
}

/** What changes bring into Git that the application does not begin with. */
function furtherObjects(application: Application, disturbances: readonly Disturbance[]): LiveObject[] {
  const objects = application.objectsAt(0);
  return disturbances.flatMap((disturbance) =>
    disturbance.kind === 'change' ? [...disturbance.change(objects)] : [],
  );
}

/** Starts the lab of a trial, installs its engine, and begins to follow both. */
export async function setUpBench(
  spec: TrialSpec,
  running: Running,
  before: readonly Bench[],
): Promise<Bench> {
  const { request, labs, progress, tools, run, clock, results, meter, signal } = running;
  const { scenario, profile } = request;
  const { engine: name, trial, disturbances } = spec;
  const title = trialTitle(spec);
  const home = await createLabHome({
    name: `${scenario.name}-${title}-${randomBytes(3).toString('hex')}`,
    runs: `${scenario.name} with ${name}`,
  });
  const registry = scenario.registry === true ? await chooseRegistryHost(labs.host.address) : undefined;
  const operator = scenario.operator === true ? await prepareOperator(labs.host.address) : undefined;
  const choice = engineChoice(name, profile);
  let managed: ManagedLab | undefined;
  const own = labApplication(applicationOf(scenario, spec), choice, {
    registry,
    operator: operator?.address,
    repositoryUrl: () => {
      if (managed === undefined) throw new Error('the state store has no address before the lab is started');
      return managed.state.url;
    },
  });
  const { application, shelf } = own;
  try {
    managed = await startManagedLab({
      home,
      labs,
      logDirectory: path.join(run.logsDirectory, title),
      tools,
      nodes: request.nodes,
      clusterIndex: clusterIndexOf(scenario, spec),
      podStartMs: parseDurationMs(profile.podStart, 'podStart'),
      engine: choice,
      ...(operator === undefined ? {} : { operator }),
      features: scenario.needs ?? [],
      application: own.managed,
      sharedForge: neighboursOf(scenario, spec, before)[0]?.managed.forge,
      initialFiles: firstFiles(scenario, own),
      images: workloadImages(application, disturbances),
      applicationFootprint: footprintOf(application, disturbances),
      ...(registry === undefined ? {} : { registryHost: registry }),
      ...(shelf === undefined
        ? {}
        : { firstImages: [{ repository: shelf.repository, tag: shelf.firstTag }] }),
      ...(scenario.forge === undefined ? {} : { forge: scenario.forge }),
      signal,
      onStep: (text) => {
        progress({ type: 'step', trial: spec, text });
      },
      onProgress: (stage) => {
        progress({ type: 'stage', trial: spec, stage });
      },
    });
    const { engine, lab } = managed;
    if (engine === undefined) throw new Error(`the lab of ${name} has no engine`);
    const settings = await engine.readSettings();
    const names = disturbances.map((disturbance) => disturbance.name);
    results.addTrial({ name, trial, disturbances: names, engine, settings, managed });
    const record = (observation: Observation): void => {
      run.observe(observation);
      results.observe(observation);
      progress({ type: 'observation', observation });
    };
    const observing = startObserver({
      engineName: name,
      trial,
      engine,
      ...(operator === undefined ? {} : { attempts: fleetOf(choice) }),
      access: lab.access,
      application,
      further: furtherObjects(application, disturbances),
      clock,
      record,
      signal,
    });
    // A cluster that is gone meanwhile answers no watch ever.
    const observer = await meter.during(Promise.race([observing, untilBroken(lab, () => undefined)]));
    const { notices } = engine;
    managed.noticeReceiver?.listen((body) => {
      if (notices !== undefined) observer.note({ type: 'notification', ...notices.read(body) });
    });
    return { ...own, spec, home, managed, engine, observer };
  } catch (error) {
    return unwindAfter(error, async () => {
      await managed?.stop();
      await home.release();
    });
  }
}

/** The image that the application of a lab follows, where its forge tells of pushes. */
function followedBy({ shelf, managed: { registry, forge } }: Bench): FollowedImages | undefined {
  if (shelf === undefined || registry === undefined || forge.onPush === undefined) return undefined;
  return { shelf, registry, onPush: forge.onPush };
}

/** What the clients of the application need, where the scenario has them. */
function trafficOf(
  { spec, managed: { lab } }: Bench,
  { request, run, tools, clock }: Running,
): TrafficPlace | undefined {
  const { requests: load } = request.scenario;
  if (load === undefined) return undefined;
  const directory = path.join(run.directory, 'requests', trialTitle(spec));
  return { load, program: fileOf(tools, 'k6', 'k6'), lab, directory, clock };
}

/** The benches whose labs follow the same repository. */
function neighboursOf(scenario: Scenario, { engine, trial }: TrialName, all: readonly Bench[]): Bench[] {
  if (sharingEnvironments(scenario).length === 0) return [];
  return all.filter(({ spec }) => spec.engine === engine && spec.trial !== trial);
}

/** What all trials of a run take turns in. */
export interface Turns {
  /** To disturb. */
  readonly disturb: Turn;
  /** To change an engine's repository, where several labs follow it. */
  readonly repository: (engine: EngineName) => Turn;
}

/** What the iterations of this bench's trial need; `all` are the benches of the run. */
export function trialContext(
  bench: Bench,
  running: Running,
  machine: MachineGauge,
  turns: Turns,
  all: readonly Bench[],
): TrialContext {
  const { request, progress, meter, clock, signal } = running;
  const { profile, scenario, seed, timeoutMs } = request;
  const { lab, state, forge, registry, noticeReceiver } = bench.managed;
  const isShared = sharingEnvironments(scenario).length > 0;
  let release = 0;
  return {
    scenario,
    application: bench.application,
    reader: bench.reader,
    access: lab.access,
    store: state.store,
    repositoryUrl: state.url,
    engine: bench.engine,
    observer: bench.observer,
    machine,
    random: randomness(seed, `phases of ${trialTitle(bench.spec)}`),
    phaseMaxMs: parseDurationMs(profile.phaseMax, 'phaseMax'),
    timeoutMs,
    ...rulesOf(profile),
    disturbTurn: turns.disturb,
    repositoryTurn: isShared ? turns.repository(bench.spec.engine) : new Turn(),
    neighbours: () =>
      neighboursOf(scenario, bench.spec, all).map(({ spec, observer }) => ({
        environment: environmentOf(scenario, spec)?.name ?? '',
        observer,
      })),
    onActivity: (text) => {
      progress({ type: 'activity', trial: bench.spec, text });
    },
    waiting: async (wait) => meter.during(wait),
    signal,
    nextRelease: () => (release += 1),
    faults: {
      crash: bench.engine.crash,
      takeGitAway: forge.takeAway,
      giveGitBack: forge.giveBack,
      receiver: noticeReceiver,
    },
    machines: lab.machines && keepMachines(lab.machines, { ...bench, access: lab.access, clock, signal }),
    registry,
    images: followedBy(bench),
    traffic: trafficOf(bench, running),
    charts: publisherOf(bench.application, registry, { home: bench.home, tools: running.tools, signal }),
    reviewed: forge.reviewed,
    stage: running.stage && new StageOfTrial(running.stage, bench.spec),
    onMilestone: (milestone) => {
      progress({ type: 'milestone', trial: bench.spec, milestone });
    },
  };
}
