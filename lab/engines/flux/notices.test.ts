import test from 'ava';
import { valueAt } from '../../kube/objects.ts';
import { noticeObjects, readFluxNotice } from './notices.ts';

const url = 'http://127.0.0.1:41234/notices/unguessable';

const posted = {
  involvedObject: { kind: 'Kustomization', namespace: 'flux-system', name: 'shop' },
  severity: 'info',
  timestamp: '2026-11-25T08:00:00Z',
  message: 'Health check passed in 5.02s',
  reason: 'Progressing',
  metadata: { revision: 'main@sha1:4f2cde' },
  reportingController: 'kustomize-controller',
};

test('the Alert takes all that the Kustomization tells but the end of each reconciliation', (t) => {
  const application = { name: 'shop', namespace: 'shop', path: 'apps/shop' };
  const [provider, alert] = noticeObjects(application, url);
  t.deepEqual(provider?.['spec'], { type: 'generic', address: url });
  t.is(valueAt(alert, 'spec', 'providerRef', 'name'), provider?.metadata.name);
  t.deepEqual(valueAt(alert, 'spec', 'eventSources'), [{ kind: 'Kustomization', name: 'shop' }]);
  t.is(valueAt(alert, 'spec', 'eventSeverity'), 'info');
  const exclusions = valueAt(alert, 'spec', 'exclusionList') as string[];
  const isExcluded = (message: string) => exclusions.some((text) => new RegExp(text).test(message));
  t.true(isExcluded('Reconciliation finished in 312ms, next run in 2s'));
  t.false(isExcluded(posted.message));
});

test('a passed health check is a success, and an error a failure, of the commit that they name', (t) => {
  const success = {
    object: 'Kustomization/shop',
    revision: '4f2cde',
    reason: 'Progressing',
    outcome: 'succeeded',
  };
  t.deepEqual(readFluxNotice(posted), success);
  const applied = { ...posted, message: 'Deployment/shop/web configured' };
  t.deepEqual(readFluxNotice(applied), { ...success, outcome: 'other' });
  const failed = {
    ...posted,
    severity: 'error',
    message: 'health check failed after 6s',
    reason: 'HealthCheckFailed',
  };
  t.deepEqual(readFluxNotice(failed), { ...success, reason: 'HealthCheckFailed', outcome: 'failed' });
});

test('a post without a commit is read as it is', (t) => {
  t.like(readFluxNotice({ ...posted, metadata: undefined }), { revision: '', object: 'Kustomization/shop' });
  t.like(readFluxNotice('hello'), { revision: '', reason: '', outcome: 'other' });
});
