import { createReadStream, existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { engines } from '../../lab/engines/registry.ts';
import type { PredictionQuestion } from '../../lab/engines/prediction.ts';
import { readHistory } from '../../reports/record/history.ts';
import type { Observation } from '../../reports/record/observation.ts';
import type { EngineName, Iteration, Prediction, Results } from '../../reports/record/schema.ts';
import type { Disturbance, Drift, Scenario } from '../scenario.ts';
import { trialTitle } from '../../reports/record/trial-title.ts';
import { isLeftAlone } from './plan.ts';
import { factsOf, type IterationFacts } from './prediction-evidence.ts';

/** What is predicted, and from what. */
interface RunToPredict {
  readonly results: Results;
  readonly history: readonly Observation[];
  readonly logsDirectory: string;
  readonly scenario: Pick<Scenario, 'application' | 'disturbances'>;
}

type Known = readonly (readonly [Iteration, IterationFacts])[];

/** Iterations that share a prediction. */
type Kind = Pick<Prediction, 'disturbance' | 'phase' | 'attemptsBefore'>;

function isOfKind(iteration: Iteration, { disturbance, phase, attemptsBefore }: Kind): boolean {
  return (
    iteration.disturbance === disturbance &&
    iteration.phase === phase &&
    iteration.attemptsBefore === attemptsBefore
  );
}

/** The kinds of iterations that count, in the order of the scenario; the models are of drift alone. */
function kindsOf(known: Known, disturbances: readonly Disturbance[]): Kind[] {
  const drift = disturbances.filter(({ kind }) => kind === 'drift').map(({ name }) => name);
  const counted = known
    .map(([one]) => one)
    .filter((one) => isCounted(one) && drift.includes(one.disturbance));
  const kinds = new Map(
    counted.map(({ disturbance, phase, attemptsBefore }) => [
      `${disturbance} ${phase} ${attemptsBefore}`,
      { disturbance, phase, attemptsBefore },
    ]),
  );
  const order = ({ disturbance }: Kind) => disturbances.findIndex(({ name }) => name === disturbance);
  return [...kinds.values()].toSorted(
    (left, right) => order(left) - order(right) || left.attemptsBefore - right.attemptsBefore,
  );
}

function isCounted({ kind, verdict }: Iteration): boolean {
  return kind === 'measured' && verdict !== 'invalid';
}

function removesNamespace(disturbance: Disturbance): boolean {
  return (
    disturbance.kind === 'drift' &&
    disturbance.effect === 'removed' &&
    disturbance.target.startsWith('Namespace/')
  );
}

function effectOf(disturbance: Disturbance | undefined): Drift['effect'] | undefined {
  return disturbance?.kind === 'drift' ? disturbance.effect : undefined;
}

/** What of the facts may be used for a kind: nothing that its own iterations came to only after their disturbance. */
function questionOf(kind: Kind, known: Known, { results, scenario }: RunToPredict): PredictionQuestion {
  const namespaces = scenario.disturbances.filter(removesNamespace).map(({ name }) => name);
  const own = known.filter(([one]) => isCounted(one) && isOfKind(one, kind));
  const others = known.filter(
    ([one]) =>
      one.verdict === 'valid' &&
      !namespaces.includes(one.disturbance) &&
      (one.kind === 'warmup' || !isOfKind(one, kind)),
  );
  const disturbanceNamed = (wanted: string) => scenario.disturbances.find(({ name }) => name === wanted);
  const effectNamed = (wanted: string) => effectOf(disturbanceNamed(wanted));
  const alike = others.filter(([one]) => effectNamed(one.disturbance) === effectNamed(kind.disturbance));
  const present = (values: readonly (number | null)[]): number[] => values.filter((value) => value !== null);
  return {
    removesNamespace: namespaces.includes(kind.disturbance),
    correctsDrift: !isLeftAlone(disturbanceNamed(kind.disturbance)),
    phaseMaxMs: kind.phase === 'locked' ? 0 : results.plan.phaseMaxMs,
    attemptsBefore: kind.attemptsBefore,
    idleBeforeMs: present(own.map(([, facts]) => facts.idleBeforeMs)),
    otherCorrectionsMs: present((alike.length > 0 ? alike : others).map(([, facts]) => facts.correctionMs)),
    namespaceGoneMs: present(known.map(([, facts]) => facts.namespaceGoneMs)),
  };
}

/** The lines of a component's log in every lab of an engine, one lab after the other. */
async function* logLines(files: readonly string[]): AsyncIterable<string> {
  for (const file of files.filter((one) => existsSync(one))) {
    yield* createInterface({ input: createReadStream(file) });
  }
}

async function predictEngine(run: RunToPredict, engine: EngineName): Promise<Prediction[]> {
  const { results, history, logsDirectory, scenario } = run;
  const record = results.engines.find((one) => one.engine === engine);
  if (record === undefined) return [];
  const byTrial = new Map(
    record.trials.map(({ trial }) => [
      trial,
      history.filter((observation) => observation.engine === engine && observation.trial === trial),
    ]),
  );
  const known = results.iterations
    .filter((iteration) => iteration.engine === engine)
    .map((iteration) => [iteration, factsOf(iteration, byTrial.get(iteration.trial) ?? [])] as const);
  const kinds = kindsOf(known, scenario.disturbances);
  const titles = record.trials.map(({ trial }) => trialTitle({ engine, trial }));
  const times = await engines[engine].predict(
    kinds.map((kind) => questionOf(kind, known, run)),
    {
      application: scenario.application.name,
      isChart: scenario.application.chart !== undefined,
      settings: record.settings,
      logLines: (component) =>
        logLines(titles.map((title) => path.join(logsDirectory, title, `${component}.log`))),
    },
  );
  return kinds.flatMap((kind, index) => {
    const time = times[index] ?? null;
    return time === null ? [] : [{ engine, ...kind, ...time }];
  });
}

/**
 * What timeToRestore should be, for each engine, disturbance and phase of the run that lies at `directory`: from the settings
 * that were read back, the engines' logs, and what the history tells of other iterations. The same run gives the same.
 */
export async function predictRun(
  directory: string,
  results: Results,
  scenario: RunToPredict['scenario'],
): Promise<Prediction[]> {
  const { history } = await readHistory(path.join(directory, 'history.jsonl'));
  const run = { results, history, scenario, logsDirectory: path.join(directory, 'logs') };
  const predictions: Prediction[] = [];
  for (const engine of results.plan.engines) predictions.push(...(await predictEngine(run, engine)));
  return predictions;
}
