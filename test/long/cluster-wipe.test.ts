import test, { type ExecutionContext } from 'ava';
import type { Iteration } from '../../reports/record/schema.ts';
import { documented } from '../documented/pages.ts';
import { labNames, leftProcesses, makePlace } from '../support.ts';
import { withMachines } from './machines.ts';
import { typeRun } from './make-run.ts';
import { withNodes } from './nodes.ts';

const minutes = 60_000;

/** Has the cluster lost once for each condition, and looks whether it was the same again each time. */
async function loseClusters(
  t: ExecutionContext,
  command: string,
  ...words: readonly string[]
): Promise<readonly Iteration[]> {
  t.timeout(20 * minutes);
  const place = await makePlace(t);
  const { results } = await typeRun(t, place, 'cluster-wipe', { command, words });
  for (const { engine, disturbance, verdict, reason, figures } of results.iterations) {
    t.is(verdict, 'valid', `${engine}, ${disturbance}: ${reason}`);
    t.is(figures['objectsDiffering'], 0);
  }
  t.deepEqual(await leftProcesses(place), []);
  t.deepEqual(await labNames(place), []);
  return results.iterations;
}

test.serial('a lost cluster with one application, and one with ten, are rebuilt', async (t) => {
  const lost = await loseClusters(
    t,
    documented('npm run scenario cluster-wipe -- --engine flux --only apps-1,apps-10 --iterations 3'),
  );
  const compared = Object.fromEntries(
    lost.map(({ disturbance, figures }) => [disturbance, figures['objectsCompared'] ?? 0]),
  );
  t.deepEqual(Object.keys(compared).toSorted(), ['apps-1', 'apps-10']);
  t.true((compared['apps-1'] ?? 0) >= 10);
  t.true((compared['apps-10'] ?? 0) >= 100);
});

withNodes('a lost cluster of real nodes is rebuilt', async (t) => {
  const command = documented('npm run scenario cluster-wipe -- --lab kind --only apps-10');
  t.is((await loseClusters(t, command, '--engine=flux')).length, 1);
});

withMachines('a cluster whose controller is lost is rebuilt, with the workers that it had', async (t) => {
  const command = documented('npm run scenario cluster-wipe -- --lab vagrant --only controller-apps-10');
  const [lost, ...more] = await loseClusters(t, command, '--engine=argocd');
  t.deepEqual(more, []);
  t.true((lost?.figures['timeToApiServerMs'] ?? 0) > 10_000, 'a machine is made anew');
});
