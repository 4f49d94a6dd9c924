import { randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import path from 'node:path';
import { parseDurationMs } from '../../common/duration.ts';
import type { ManagedApplication } from '../../lab/engines/engine.ts';
import { fleetOf, type EngineChoice } from '../../lab/engines/registry.ts';
import { createLabHome, type LabHome } from '../../lab/home/lab-home.ts';
import { removeLeftovers } from '../../lab/home/leftovers.ts';
import { loseCluster } from '../../lab/home/lose-cluster.ts';
import type { Forge } from '../../lab/forge/forge.ts';
import { startManagedCluster, type ManagedCluster } from '../../lab/managed-cluster.ts';
import { imagesOf } from '../../lab/pods/images-of.ts';
import { startForge } from '../../lab/managed-forge.ts';
import type { Observation } from '../../reports/record/observation.ts';
import { trialTitle } from '../../reports/record/trial-title.ts';
import { engineChoice } from '../profiles/engine-choice.ts';
import type { TrialName } from '../runner/progress.ts';
import type { SharedByRun } from '../runner/shared-by-run.ts';
import { createFleetObserver, type FleetObserver } from './fleet-observer.ts';
import { applicationsOf, engineFiles, fleetFootprint, objectsOf, releaseFiles } from './fleet.ts';
import { wipeName, type Condition, type WipeRequest } from './wipe-request.ts';

/** A lab that is to be made, lost and rebuilt: with which engine, and how many applications. */
export interface WipeTrial extends TrialName {
  readonly condition: Condition;
}

/** What all parts of a run share. */
export type WipeRun = SharedByRun<WipeRequest>;

/** A cluster from its start until it is lost. */
interface Life {
  readonly cluster: ManagedCluster;
  /** Ends the watches of it. */
  readonly ending: AbortController;
}

/** A lab whose cluster can be lost and rebuilt, while its Git goes on. */
export class WipeBench {
  readonly trial: WipeTrial;
  readonly applications: readonly ManagedApplication[];
  readonly observer: FleetObserver;
  readonly fleet: ReturnType<typeof fleetOf>;
  readonly #choice: EngineChoice;
  readonly #shared: WipeRun;
  readonly #home: LabHome;
  readonly #forge: Forge;
  #release = 0;
  #life: Life | undefined;

  private constructor(trial: WipeTrial, shared: WipeRun, home: LabHome, forge: Forge) {
    const { run, clock, results, request, progress } = shared;
    this.trial = trial;
    this.#shared = shared;
    this.#home = home;
    this.#forge = forge;
    this.#choice = engineChoice(trial.engine, request.profile);
    this.applications = applicationsOf(trial.condition.applications);
    this.fleet = fleetOf(this.#choice);
    this.observer = createFleetObserver({
      engineName: trial.engine,
      trial: trial.trial,
      applications: trial.condition.applications,
      fleet: this.fleet,
      clock,
      record: (observation: Observation) => {
        run.observe(observation);
        results.observe(observation);
        progress({ type: 'observation', observation });
      },
    });
  }

  /** Makes the home of the lab, and its Git with all applications in it; there is no cluster yet. */
  static async create(trial: WipeTrial, shared: WipeRun): Promise<WipeBench> {
    const { run, labs, tools, signal } = shared;
    const title = trialTitle(trial);
    const home = await createLabHome({
      name: `${wipeName}-${title}-${randomBytes(3).toString('hex')}`,
      runs: `${wipeName} with ${trial.engine}`,
    });
    try {
      const logDirectory = path.join(run.logsDirectory, title);
      const { host } = labs;
      const forge = await startForge({ home, logDirectory, host, initialFiles: {}, tools, signal });
      const bench = new WipeBench(trial, shared, home, forge);
      await forge.state.store
        .commit('Have the engine keep all applications', bench.#engineFiles())
        .catch(async (error: unknown) => {
          await forge.stop();
          throw error;
        });
      return bench;
    } catch (error) {
      await home.release();
      throw error;
    }
  }

  #engineFiles(): Record<string, string> {
    return engineFiles(this.applications, this.#forge.state.url, this.#choice);
  }

  /** The cluster that there is now. */
  get cluster(): ManagedCluster {
    if (this.#life === undefined) throw new Error('the cluster is lost');
    return this.#life.cluster;
  }

  /** Commits a release that the engine has not had before; its hash. */
  async commitRelease(): Promise<string> {
    this.#release += 1;
    const files = releaseFiles(this.applications, this.#release);
    const { hash } = await this.#forge.state.store.commit(`Release ${this.#release}`, files);
    this.observer.expect(this.applications.flatMap((one) => objectsOf(one, this.#release)));
    return hash;
  }

  async head(): Promise<string> {
    return this.#forge.state.store.head();
  }

  /** Starts a cluster and the engine in it, from what Git holds. */
  async startCluster(): Promise<ManagedCluster> {
    const { request, labs, tools, run, progress, signal: outer } = this.#shared;
    const { observer, trial } = this;
    const ending = new AbortController();
    const signal = AbortSignal.any([ending.signal, outer]);
    // Every watch and every wait listens to it.
    setMaxListeners(0, signal);
    try {
      const cluster = await startManagedCluster(
        {
          home: this.#home,
          labs,
          logDirectory: path.join(run.logsDirectory, trialTitle(trial)),
          tools,
          nodes: request.nodes,
          podStartMs: parseDurationMs(request.profile.podStart, 'podStart'),
          engine: this.#choice,
          application: this.fleet.root,
          applicationFootprint: fleetFootprint(this.applications),
          images: imagesOf(this.applications.flatMap((one) => objectsOf(one, 1))),
          signal,
          onStep: (text) => {
            progress({ type: 'step', trial, text: `${trial.condition.name}: ${text}` });
          },
          onProgress: (stage) => {
            progress({ type: 'stage', trial, stage });
          },
          onAnswering: (access) => {
            observer.note({ type: 'reached', what: 'api-server' });
            observer.follow(access, signal);
          },
          onControlPlane: () => {
            observer.note({ type: 'reached', what: 'control-plane' });
          },
          onCommand: (command) => {
            observer.note({ type: 'command', command });
          },
        },
        this.#forge.state,
      );
      this.#life = { cluster, ending };
      return cluster;
    } catch (error) {
      ending.abort();
      throw error;
    }
  }

  async #endLife(end: (cluster: ManagedCluster) => Promise<void>): Promise<void> {
    const life = this.#life;
    this.#life = undefined;
    life?.ending.abort();
    if (life !== undefined) await end(life.cluster);
  }

  /** Kills all that runs in the cluster, as a power cut does, or its controller alone, and removes what it knew; of a cluster that is not the lab's, all that the lab made. */
  async lose(): Promise<void> {
    const { trial } = this;
    let left: readonly string[] = [];
    await this.#endLife(async (cluster) => {
      if (trial.condition.loses === 'controller') left = (await cluster.lab.loseController?.()) ?? [];
      else if (trial.condition.loses === undefined) await cluster.lab.lose();
      // Ending the lab in a cluster that stays removes all that it made there.
      await cluster.stop();
    });
    this.observer.forget();
    await loseCluster(this.#home, left);
    this.#shared.progress({ type: 'step', trial, text: `${trial.condition.name}: the cluster is lost` });
  }

  /** Ends all of it, and removes its home. */
  async dispose(): Promise<void> {
    try {
      const isLost = this.#life === undefined;
      await this.#endLife(async (cluster) => cluster.stop());
      await this.#forge.stop();
      // A run that was stopped between loss and rebuild has nobody else to end the workers.
      if (isLost) await removeLeftovers(this.#home.directory);
    } finally {
      await this.#home.release();
    }
  }
}
