import test from 'ava';
import { loadScenarios } from './load-scenarios.ts';
import { ownDirectory, refusal } from './own-directory-for-tests.ts';

const head = `name: tiny
summary: disturb it
question: How fast?
application:
`;
const web = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 2
  template: { spec: { containers: [{ name: web, image: 'web:1', env: [{ name: COLOUR, value: blue }] }] } }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web } }
`;
const inFolder = `${head}  manifests: ./manifests\ndisturbances:\n`;

function withDeed(deed: string): Record<string, string> {
  return { 'a.yaml': `${inFolder}  - name: it\n    ${deed}\n`, 'manifests/web.yaml': web };
}

async function loaded(t: Parameters<typeof ownDirectory>[0], deed: string) {
  const [own] = await loadScenarios(await ownDirectory(t, withDeed(deed)), 'mine', []);
  const [disturbance] = own?.scenario.disturbances ?? [];
  if (own === undefined || disturbance === undefined) throw new Error('nothing was loaded');
  return { ...own.scenario, disturbance };
}

test('manifests of a folder become an application with a Namespace, and each release changes nothing but its annotation', async (t) => {
  const { application } = await loaded(t, 'delete: Deployment/web');
  const [first, second] = [application.objectsAt(1), application.objectsAt(2)];
  t.deepEqual(
    first.map(({ kind, metadata }) => [kind, metadata.name, metadata.namespace]),
    [
      ['Namespace', 'tiny', undefined],
      ['Deployment', 'web', 'tiny'],
      ['Service', 'web', 'tiny'],
    ],
  );
  t.deepEqual(first[0]?.metadata.annotations, { 'gitops-lab/release': '1' });
  t.deepEqual(second[0]?.metadata.annotations, { 'gitops-lab/release': '2' });
  t.deepEqual(first.slice(1), second.slice(1));
});

const deeds: readonly (readonly [string, object])[] = [
  [
    'delete: Deployment/web',
    { target: 'Deployment/web', restores: ['Deployment/web'], readies: ['Deployment/web'] },
  ],
  ['delete: Service/web', { restores: ['Service/web'], readies: ['Endpoints/web'] }],
  [
    'delete: Namespace/tiny',
    {
      restores: ['Namespace/tiny', 'Deployment/web', 'Service/web'],
      readies: ['Deployment/web', 'Endpoints/web'],
    },
  ],
  [
    'scale: { deployment: web, replicas: 0 }',
    { command: 'kubectl -n tiny scale deployment web --replicas=0', effect: 'changed' },
  ],
  [
    "set-image: { deployment: web, container: web, image: 'web:2' }",
    { command: 'kubectl -n tiny set image deployment web web=web:2' },
  ],
  [
    'set-env: { deployment: web, container: web, name: COLOUR, value: red }',
    { command: 'kubectl -n tiny set env deployment web COLOUR=red' },
  ],
  ['remove-manifest: Service/web', { kind: 'change', removes: ['Service/web', 'Endpoints/web'] }],
  [
    'delete: Deployment/web\n    restores: [Service/web]\n    readies: [Endpoints/web]',
    { restores: ['Service/web'], readies: ['Endpoints/web'] },
  ],
];

for (const [deed, expected] of deeds) {
  test(`read as it is meant: ${deed.replaceAll('\n', ' ')}`, async (t) => {
    const { disturbance } = await loaded(t, deed);
    t.like(disturbance, { name: 'it', ...expected });
  });
}

const contrast =
  '  - name: it\n    delete: Deployment/web\n  - name: other\n    delete: Service/web\ncontrasts:\n  - of: it\n    against: AGAINST\n    when: When pods go, too\n    did: had it back\n';

test('what the question sets against each other is in the scenario', async (t) => {
  const files = { 'a.yaml': inFolder + contrast.replace('AGAINST', 'other'), 'manifests/web.yaml': web };
  const [own] = await loadScenarios(await ownDirectory(t, files), 'mine', []);
  t.deepEqual(own?.scenario.contrasts, [
    { of: 'it', against: 'other', when: 'When pods go, too', did: 'had it back' },
  ]);
});

const inline = (manifest: string) => ({
  'a.yaml': `${head}  manifests:\n    - ${manifest}\ndisturbances:\n  - { name: it, delete: ConfigMap/a }\n`,
});

const wrongs: readonly (readonly [string, Readonly<Record<string, string>>, RegExp, RegExp])[] = [
  ['no YAML', { 'a.yaml': 'name: [' }, /^mine\/a\.yaml is not YAML: .* line 1, column/, /^mend/],
  ['an unknown setting', { 'a.yaml': `${head}  manifest: ./web.yaml\n` }, /line 5, column 3: /, /./],
  [
    'an unknown deed',
    withDeed('delet: Deployment/web'),
    /^mine\/a\.yaml, line 8, column 5: unknown setting "delet"$/,
    /did you mean "delete"\?/,
  ],
  [
    'an unknown setting of a deed',
    withDeed('scale: { deployment: web, replica: 1, replicas: 1 }'),
    /line 8, column 31: unknown setting "replica"$/,
    /did you mean "replicas"\?/,
  ],
  [
    'two deeds',
    withDeed('delete: Deployment/web\n    remove-manifest: Service/web'),
    /line 7, column 5: disturbances\[0\]: give exactly one of delete, scale/,
    /^mend/,
  ],
  [
    'an unknown object',
    withDeed('delete: Deployment/wbe'),
    /line 8, column 5: the application has no Deployment\/wbe$/,
    /did you mean "Deployment\/web"\?/,
  ],
  [
    'an object without a kind',
    withDeed('delete: web'),
    /line 8, column 5: .*write an object as Kind\/name/,
    /^mend/,
  ],
  [
    'an unknown Deployment',
    withDeed('scale: { deployment: wbe, replicas: 1 }'),
    /line 8, column 14: there is no Deployment "wbe"$/,
    /did you mean "web"\?/,
  ],
  [
    'an unknown container',
    withDeed('set-image: { deployment: web, container: wbe, image: x }'),
    /there is no container "wbe"$/,
    /did you mean "web"\?/,
  ],
  [
    'an unknown variable',
    withDeed('set-env: { deployment: web, container: web, name: COLOR, value: x }'),
    /there is no variable "COLOR"$/,
    /known: COLOUR/,
  ],
  [
    'what Git has already',
    withDeed('scale: { deployment: web, replicas: 2 }'),
    /column 31: Git has 2 too, so that nothing would change$/,
    /^mend/,
  ],
  [
    'an expectation of what is not there',
    withDeed('delete: Deployment/web\n    readies: [Endpoints/wbe]'),
    /disturbance "it": readies: the application has no "Endpoints\/wbe"/,
    /did you mean "Endpoints\/web"\?/,
  ],
  [
    'a contrast with what is not done',
    { 'a.yaml': inFolder + contrast.replace('AGAINST', 'othr'), 'manifests/web.yaml': web },
    /^mine\/a\.yaml: contrasts: there is no disturbance "othr"$/,
    /did you mean "other"\?/,
  ],
  [
    'a contrast of a disturbance with itself',
    { 'a.yaml': inFolder + contrast.replace('AGAINST', 'it'), 'manifests/web.yaml': web },
    /^mine\/a\.yaml: contrasts: "it" is held against itself$/,
    /another disturbance/,
  ],
  [
    'manifests that are not there',
    { 'a.yaml': `${inFolder}  - { name: it, delete: ConfigMap/a }\n` },
    /^mine\/a\.yaml, line 5, column 3: .*there is no such file or directory/,
    /begins where the scenario is/,
  ],
  [
    'a manifest without a kind',
    inline('{ apiVersion: v1, metadata: { name: a } }'),
    /^mine\/a\.yaml, line 6, column 7: no manifest: kind/,
    /apiVersion, kind and metadata\.name/,
  ],
  [
    'a kind that does not become ready in a lab',
    inline('{ apiVersion: batch/v1, kind: Job, metadata: { name: a } }'),
    /Job\/a is of a kind that can't be followed/,
    /known kinds: Namespace, ConfigMap/,
  ],
  [
    'an old apiVersion',
    inline('{ apiVersion: extensions/v1beta1, kind: Deployment, metadata: { name: a } }'),
    /has the apiVersion "extensions\/v1beta1"/,
    /apps\/v1/,
  ],
  [
    'a Secret in plain text',
    inline('{ apiVersion: v1, kind: Secret, metadata: { name: a }, stringData: { a: b } }'),
    /has stringData/,
    /base64/,
  ],
  [
    'a Service without pods',
    inline('{ apiVersion: v1, kind: Service, metadata: { name: a }, spec: {} }'),
    /has no selector/,
    /spec\.selector/,
  ],
  [
    'a namespace that the lab uses',
    inline('{ apiVersion: v1, kind: ConfigMap, metadata: { name: a, namespace: argocd } }'),
    /"argocd" is in use in every lab/,
    /another name/,
  ],
  [
    'two namespaces',
    inline(
      '{ apiVersion: v1, kind: ConfigMap, metadata: { name: a } }\n    - { apiVersion: v1, kind: ConfigMap, metadata: { name: b, namespace: x } }\n    - { apiVersion: v1, kind: Secret, metadata: { name: b, namespace: y } }',
    ),
    /Secret\/b is in the namespace "y" and the application in "x"/,
    /one namespace/,
  ],
  [
    'an object twice',
    inline(
      '{ apiVersion: v1, kind: ConfigMap, metadata: { name: a } }\n    - { apiVersion: v1, kind: ConfigMap, metadata: { name: a } }',
    ),
    /ConfigMap\/a twice/,
    /keep one/,
  ],
];

for (const [what, files, says, next] of wrongs) {
  test(`told in words: ${what}`, async (t) => {
    const told = await refusal(t, files);
    t.regex(told.says, says);
    t.regex(told.next, next);
    t.is(told.exitCode, 2);
  });
}
