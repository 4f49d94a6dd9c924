import test from 'ava';
import { parse } from 'yaml';
import { textAt, valueAt } from '../../kube/objects.ts';
import { imagesOf } from '../../pods/images-of.ts';
import { updaterDeployment, updaterImage } from './image-updater-pod.ts';

const options = {
  reconciliationTimeout: '10s',
  reconciliationJitter: '0s',
  selfHeal: true,
  prune: true,
  imageInterval: '2s',
};
const followed = { image: '172.18.0.1:41234/shop/web', range: '1.x' };

test('the pod of the Image Updater has the image that was made for it, and finds the registry in its settings', (t) => {
  const [settings, deployment] = updaterDeployment(followed, options);
  if (settings === undefined || deployment === undefined) throw new Error('there is no Deployment');
  t.deepEqual(imagesOf([deployment]), [updaterImage('/tools/updater').reference]);
  const spec = valueAt(deployment, 'spec', 'template', 'spec');
  const args = valueAt(spec, 'containers', 0, 'args') as readonly string[];
  t.true(args.includes('--interval=2s'));
  t.true(args.includes('--registries-conf-path=/etc/argocd-image-updater/registries.conf'));
  t.is(textAt(spec, 'volumes', 0, 'configMap', 'name'), settings.metadata.name);
  const registries = parse(textAt(settings, 'data', 'registries.conf')) as object;
  t.like(valueAt(registries, 'registries', 0), { prefix: '172.18.0.1:41234', insecure: true });
});
