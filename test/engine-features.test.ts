import test from 'ava';
import { waitUntil } from '../common/wait.ts';
import type { LiveObject } from '../lab/kube/objects.ts';
import { listAt } from '../lab/kube/objects.ts';
import type { EngineChoice } from '../lab/engines/registry.ts';
import { tellPush } from '../lab/forge/push-message.ts';
import { createLabHome } from '../lab/home/lab-home.ts';
import { embedded } from '../lab/embedded/provider.ts';
import { startManagedLab } from '../lab/managed-lab.ts';
import { provideTools } from '../lab/toolchain/toolchain.ts';
import { driftRecovery } from '../scenarios/drift-recovery.ts';
import { builtInProfiles } from '../scenarios/profiles/built-in.ts';
import { manifestFiles } from '../lab/kube/manifest-files.ts';
import { toolsFor } from '../scenarios/runner/run-scenario.ts';
import { makePlace, silentProgress } from './support.ts';

const [profile] = builtInProfiles;
/** So long that no poll of Git can be what an engine answers to. */
const never = '2h';
const cases: readonly { readonly engine: EngineChoice; readonly components: readonly string[] }[] = [
  {
    engine: {
      name: 'argocd',
      options: { ...profile.argocd, reconciliationTimeout: never, reconciliationJitter: '0s' },
    },
    components: ['argocd-notifications-controller', 'argocd-server'],
  },
  {
    engine: { name: 'flux', options: { ...profile.flux, sourceInterval: never } },
    components: ['notification-controller'],
  },
];

for (const { engine: choice, components } of cases) {
  test.serial(`${choice.name} that takes pushes follows Git at once`, async (t) => {
    t.timeout(300_000);
    const place = await makePlace(t);
    const { signal } = new AbortController();
    const features = ['notifications', 'webhooks'] as const;
    const { application } = driftRecovery;
    const home = await createLabHome({ name: 'features-test', runs: 'a test', root: place.labs });
    const { env: environment } = process;
    const names = toolsFor(embedded, [choice.name], { needs: features });
    const tools = await provideTools(names, { environment, progress: silentProgress, signal });
    await using managed = await startManagedLab({
      home,
      labs: await embedded.prepare({ tools, environment, signal }),
      tools,
      nodes: 1,
      podStartMs: 500,
      engine: choice,
      features,
      application,
      initialFiles: manifestFiles(application.path, application.objectsAt(0)),
      signal,
      onStep: () => undefined,
    });
    const { engine, lab, state } = managed;
    const receiver = engine?.pushReceiver;
    if (engine === undefined || receiver === undefined) throw new Error('the engine takes no pushes');
    const running = lab.components().map(({ name }) => name);
    for (const name of components) t.true(running.includes(name), name);

    const [before] = await state.store.log();
    const { hash: after } = await state.store.commit(
      'Release 1',
      manifestFiles(application.path, application.objectsAt(1)),
    );
    const push = { repositoryUrl: state.url, branch: 'main', before: before?.hash ?? '', after };
    await t.throwsAsync(tellPush({ ...receiver, secret: 'wrong' }, push), { message: /refused/ });
    await tellPush(receiver, push);
    await waitUntil(
      async () => {
        const lists = await Promise.all(engine.statusTargets.map(async ({ path }) => lab.access.get(path)));
        const readStatus = engine.openStatus();
        const statuses = lists
          .flatMap((list) => listAt(list, 'items'))
          .map((item) => readStatus({ type: 'ADDED', object: item as LiveObject }));
        return statuses.some((status) => status?.revision === after) ? true : undefined;
      },
      { goal: 'the engine to have the pushed commit', timeoutMs: 60_000, signal },
    );
    t.pass();
  });
}
