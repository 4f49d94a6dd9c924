import test from 'ava';
import { parse } from 'yaml';
import { ExplainedError } from '../../../common/explained-error.ts';
import { serveVersion1, useLocalResources } from './flux-manifests.ts';

const local = { crds: 'crd', deployment: 'manager' };
const kustomization = `
kind: Kustomization
resources:
- https://example.com/v1.9.5/source-controller.crds.yaml
- https://example.com/v1.9.5/source-controller.deployment.yaml
- account.yaml
patches:
- path: patch.yaml
`;

const crdOf = (versions: string): string => `kind: CustomResourceDefinition\nspec:\n  versions:\n${versions}`;
const versionsOf = (crd: string): unknown => (parse(crd) as { spec: { versions: unknown } }).spec.versions;

test('release addresses of a kustomization become local directories, and all else stays', (t) => {
  t.deepEqual(parse(useLocalResources(kustomization, local)), {
    kind: 'Kustomization',
    resources: ['crd', 'manager', 'account.yaml'],
    patches: [{ path: 'patch.yaml' }],
  });
});

test('a kustomization that does not name what is replaced is refused', (t) => {
  const changed = kustomization.replace('deployment.yaml', 'workload.yaml');
  t.throws(() => useLocalResources(changed, local), { instanceOf: ExplainedError });
  t.throws(() => useLocalResources('kind: Kustomization', local), { instanceOf: ExplainedError });
});

test('a CRD of betas also gets v1, stored, with the schema of the version that was stored', (t) => {
  const crd = crdOf(`
    - { name: v1beta1, served: true, storage: false, schema: old }
    - { name: v1beta2, served: true, storage: true, schema: new, deprecated: true, deprecationWarning: go on }
  `);
  t.deepEqual(versionsOf(serveVersion1(crd)), [
    { name: 'v1beta1', served: true, storage: false, schema: 'old' },
    {
      name: 'v1beta2',
      served: true,
      storage: false,
      schema: 'new',
      deprecated: true,
      deprecationWarning: 'go on',
    },
    { name: 'v1', served: true, storage: true, schema: 'new' },
  ]);
});

test('a CRD that has v1 is left as it is', (t) => {
  const crd = crdOf('    - { name: v1, served: true, storage: true }\n');
  t.is(serveVersion1(crd), crd);
});

test('a CRD without versions, or without a stored one, is refused', (t) => {
  t.throws(() => serveVersion1('kind: CustomResourceDefinition'), { message: /lists no versions/ });
  t.throws(() => serveVersion1(crdOf('    - { name: v1beta2, storage: false }\n')), {
    message: /stores no version/,
  });
});
