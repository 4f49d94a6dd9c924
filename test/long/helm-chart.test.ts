import test from 'ava';
import { execa } from 'execa';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { waitUntil } from '../../common/wait.ts';
import { chooseRegistryHost } from '../../lab/forge/oci-registry.ts';
import { createLabHome } from '../../lab/home/lab-home.ts';
import { applyObjects } from '../../lab/kube/apply.ts';
import { textAt, type LiveObject } from '../../lab/kube/objects.ts';
import { embedded } from '../../lab/embedded/provider.ts';
import { startManagedLab } from '../../lab/managed-lab.ts';
import { fileOf } from '../../lab/toolchain/file-of.ts';
import { provideTools } from '../../lab/toolchain/toolchain.ts';
import { driftRecovery } from '../../scenarios/drift-recovery.ts';
import { builtInProfiles } from '../../scenarios/profiles/built-in.ts';
import { manifestFiles } from '../../lab/kube/manifest-files.ts';
import { toolsFor } from '../../scenarios/runner/run-scenario.ts';
import { makePlace, silentProgress } from '../support.ts';

/** Writes a chart and packs it; the archive's path. */
async function packChart(directory: string, helm: string): Promise<string> {
  const chart = path.join(directory, 'greeter');
  await mkdir(path.join(chart, 'templates'), { recursive: true });
  await writeFile(path.join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: greeter\nversion: 1.0.0\n');
  const map =
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: greeting\ndata:\n  from: {{ .Chart.Name }}\n';
  await writeFile(path.join(chart, 'templates', 'map.yaml'), map);
  await execa(helm, ['package', chart, '-d', directory], { env: { HOME: directory } });
  return path.join(directory, 'greeter-1.0.0.tgz');
}

/** An Application that keeps a chart of the registry (https://argo-cd.readthedocs.io/en/stable/user-guide/oci/). */
function chartObjects(host: string): LiveObject[] {
  const url = `oci://${host}/charts/greeter`;
  const repository: LiveObject = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'charts',
      namespace: 'argocd',
      labels: { 'argocd.argoproj.io/secret-type': 'repository' },
    },
    stringData: { type: 'oci', name: 'charts', url, insecureOCIForceHttp: 'true' },
  };
  const application: LiveObject = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'greeter', namespace: 'argocd' },
    spec: {
      project: 'default',
      source: { repoURL: url, targetRevision: '1.0.0', path: '.' },
      destination: { server: 'https://kubernetes.default.svc', namespace: 'default' },
      syncPolicy: { automated: { prune: true, selfHeal: true } },
    },
  };
  return [repository, application];
}

test.serial("Argo CD keeps what a chart of the lab's registry renders", async (t) => {
  t.timeout(300_000);
  const place = await makePlace(t);
  const { signal } = new AbortController();
  const features = ['helm'] as const;
  const [profile] = builtInProfiles;
  const { application } = driftRecovery;
  const tools = await provideTools([...toolsFor(embedded, ['argocd'], { needs: features }), 'crane'], {
    environment: process.env,
    progress: silentProgress,
    signal,
  });
  const home = await createLabHome({ name: 'chart-test', runs: 'a test', root: place.labs });
  await using managed = await startManagedLab({
    home,
    labs: await embedded.prepare({ tools, environment: process.env, signal }),
    tools,
    nodes: 1,
    podStartMs: 500,
    engine: { name: 'argocd', options: profile.argocd },
    features,
    application,
    registryHost: await chooseRegistryHost('127.0.0.1'),
    initialFiles: manifestFiles(application.path, application.objectsAt(0)),
    signal,
    onStep: () => undefined,
  });
  const { lab, registry } = managed;
  if (registry === undefined) throw new Error('the lab has no registry');
  const { host, tagsOf } = registry;
  const helm = fileOf(tools, 'helm', 'helm');
  const archive = await packChart(place.directory, helm);
  await execa(helm, ['push', archive, `oci://${host}/charts`, '--plain-http'], {
    env: { HOME: place.directory },
  });
  t.deepEqual(await tagsOf('charts/greeter'), ['1.0.0']);
  await applyObjects(lab.access, chartObjects(host), signal);
  const from = await waitUntil(
    async () => {
      const map = await lab.access.get('/api/v1/namespaces/default/configmaps/greeting');
      return textAt(map, 'data', 'from');
    },
    { goal: 'the ConfigMap of the chart', timeoutMs: 90_000, signal },
  );
  t.is(from, 'greeter');
});
