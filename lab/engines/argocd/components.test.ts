import test from 'ava';
import path from 'node:path';
import { temporaryDirectory } from '../../toolchain/mirror-for-tests.ts';
import type { Tool } from '../../toolchain/tool.ts';
import { apiServer, applicationController, notificationsController, repoServer } from './components.ts';

const argocd: Tool = {
  name: 'argocd',
  version: '1',
  origin: 'own',
  source: '',
  sha256: '',
  files: { argocd: '/tools/argocd' },
};

/** What the parts' manifests have of a container's directories. */
const command = {
  args: [],
  environment: {
    KUBECACHEDIR: '/tmp/kubecache',
    HELM_CACHE_HOME: '/helm-working-dir',
    HELM_CONFIG_HOME: '/helm-working-dir',
    HELM_DATA_HOME: '/helm-working-dir',
  },
};

test('no part keeps anything outside its lab, where the next lab would find it', async (t) => {
  const directory = await temporaryDirectory(t);
  const place = {
    lab: { directory },
    writeKubeconfig: async (name: string) => Promise.resolve(path.join(directory, name)),
    tools: new Map([['argocd', argocd] as const]),
    redisPassword: 'secret',
    redisPort: 1,
    repoServerPort: 2,
  };
  const parts = await Promise.all([
    applicationController(place, command),
    repoServer(place, command),
    apiServer(place, command, 3),
    notificationsController(place, command),
  ]);
  for (const { name, environment = {} } of parts) {
    const places = Object.entries(environment).filter(
      ([variable, value]) => variable !== 'PATH' && path.isAbsolute(value),
    );
    t.true(places.length > 4);
    for (const [variable, value] of places) {
      const isSocket = variable === 'ARGOCD_ASK_PASS_SOCK';
      t.true(isSocket || value.startsWith(`${directory}${path.sep}`), `${name}: ${variable}=${value}`);
    }
  }
});
