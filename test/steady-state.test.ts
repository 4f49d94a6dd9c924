import test from 'ava';
import { startClock } from '../common/clock.ts';
import { embedded } from '../lab/embedded/provider.ts';
import { createLabHome } from '../lab/home/lab-home.ts';
import { startManagedLab } from '../lab/managed-lab.ts';
import { provideTools } from '../lab/toolchain/toolchain.ts';
import type { Observation } from '../reports/record/observation.ts';
import { driftRecovery } from '../scenarios/drift-recovery.ts';
import { builtInProfiles } from '../scenarios/profiles/built-in.ts';
import { manifestFiles } from '../lab/kube/manifest-files.ts';
import { judgeHistory } from '../scenarios/runner/judge.ts';
import { awaitState, startObserver } from '../scenarios/runner/observer.ts';
import { rulesOf } from '../scenarios/runner/run-request.ts';
import { toolsFor } from '../scenarios/runner/run-scenario.ts';
import { makePlace, silentProgress } from './support.ts';

test.serial('an iteration that is disturbed before the steady state is judged invalid', async (t) => {
  t.timeout(180_000);
  const place = await makePlace(t);
  const ending = new AbortController();
  const { signal } = ending;
  const [profile] = builtInProfiles;
  const { application } = driftRecovery;
  const tools = await provideTools(toolsFor(embedded, ['flux']), {
    environment: process.env,
    progress: silentProgress,
    signal,
  });
  const home = await createLabHome({ name: 'steady-state-test', runs: 'a test', root: place.labs });
  await using managed = await startManagedLab({
    home,
    labs: await embedded.prepare({ tools, environment: process.env, signal }),
    tools,
    nodes: 1,
    podStartMs: 500,
    engine: { name: 'flux', options: profile.flux },
    application,
    initialFiles: manifestFiles(application.path, application.objectsAt(0)),
    signal,
    onStep: () => undefined,
  });
  const { engine, lab, state } = managed;
  if (engine === undefined) throw new Error('the lab has no engine');

  const history: Observation[] = [];
  const observer = await startObserver({
    engineName: 'flux',
    trial: 1,
    engine,
    access: lab.access,
    application,
    clock: startClock(),
    record: (observation) => history.push(observation),
    signal,
  });
  const disturbance = driftRecovery.disturbances.find(({ name }) => name === 'scale-up');
  if (disturbance === undefined) throw new Error('scale-up is gone');

  const objects = application.objectsAt(1);
  const { hash: revision } = await state.store.commit('Release 1', manifestFiles(application.path, objects));
  observer.enter(1);
  observer.expect(objects);
  observer.note({
    type: 'revision',
    revision,
    disturbance: disturbance.name,
    kind: 'measured',
    phase: 'random',
    repeat: 0,
  });
  observer.note({ type: 'disturbing', disturbance: disturbance.name, kind: 'measured' });
  await disturbance.act(lab.access);
  const isRestored = () =>
    observer.state().engine?.revision === revision && observer.state().engine?.isSettled === true;
  t.true(
    await awaitState(isRestored, { observer, timeoutMs: 60_000, signal }),
    'Flux puts it back all the same',
  );
  observer.note({ type: 'watched', end: 'recovered', reason: '' });
  ending.abort();

  const [iteration] = judgeHistory(history, driftRecovery, rulesOf(profile));
  t.is(iteration?.verdict, 'invalid');
  t.regex(iteration?.reason ?? '', /^disturbed before the steady state: /);
});
