import test from 'ava';
import { ExplainedError } from '../../common/explained-error.ts';
import { answer, serveApi } from '../kube/api-server-for-tests.ts';
import { valueAt } from '../kube/objects.ts';
import { demandPermissions, neededPermissions, permissionInWords, permissionList } from './permissions.ts';

const footprint = {
  namespaces: ['shop'],
  definitions: ['.toolkit.fluxcd.io'],
  partsOf: ['flux'],
  objects: [],
};

test('what an engine gives on has to be the user’s to give', (t) => {
  const words = neededPermissions(footprint, false).map(permissionInWords);
  t.true(words.includes('escalate clusterroles.rbac.authorization.k8s.io'));
  t.true(words.includes('delete customresourcedefinitions.apiextensions.k8s.io'));
  t.true(words.includes('delete deployments.apps in shop'));
  t.false(words.includes('create serviceaccounts/token'));
  t.true(neededPermissions(footprint, true).map(permissionInWords).includes('create serviceaccounts/token'));
});

test('an application alone needs neither definitions nor roles', (t) => {
  const words = neededPermissions({ ...footprint, definitions: [], partsOf: [] }, false).map(
    permissionInWords,
  );
  t.deepEqual(
    words.filter((one) => / (clusterroles|customresourcedefinitions)/.test(one)),
    [],
  );
});

test('missing permissions are listed by what they are for', (t) => {
  const missing = ['create', 'delete'].map((verb) => ({
    verb,
    group: '',
    resource: 'secrets',
    namespace: 'shop',
  }));
  t.is(permissionList(missing), 'create, delete secrets in shop');
});

test('the API server is asked about each, and those that it denies are told', async (t) => {
  await using server = await serveApi((request, response) => {
    const attributes = valueAt(request.body, 'spec', 'resourceAttributes');
    answer(response, { status: { allowed: valueAt(attributes, 'verb') !== 'delete' } }, 201);
  });
  const needed = ['create', 'delete'].map((verb) => ({ verb, group: '', resource: 'namespaces' }));
  const error = await t.throwsAsync(demandPermissions(server.access, needed), { instanceOf: ExplainedError });
  t.is(error.message, '1 of the 2 permissions that a lab needs are missing in the cluster');
  t.regex(error.why ?? '', /delete namespaces/);
  t.is(server.requests.length, 2);
  await t.notThrowsAsync(demandPermissions(server.access, needed.slice(0, 1)));
});
