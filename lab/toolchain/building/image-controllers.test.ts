import test from 'ava';
import { containerCommand } from '../../engines/workload.ts';
import { apiPackage, describedControllers, imageDeployment } from './image-controllers.ts';

test('the arguments of a Deployment stand where the patches of flux2 replace them', (t) => {
  for (const name of describedControllers) {
    const { args } = containerCommand(imageDeployment(name), new Map());
    t.deepEqual(args.slice(0, 2), ['--watch-all-namespaces', '--log-level=info']);
    t.like(imageDeployment(name), { kind: 'Deployment', metadata: { name } });
  }
});

test('the image of a Deployment has a tag, without which nodes would pull it each time', (t) => {
  for (const name of describedControllers)
    t.regex(
      JSON.stringify(imageDeployment(name)),
      new RegExp(`"image":"fluxcd/${name}:v\\d+\\.\\d+\\.\\d+"`),
    );
});

test('the CRDs are made from the API of the controller', (t) => {
  t.is(apiPackage('image-reflector-controller'), 'github.com/fluxcd/image-reflector-controller/api/v1');
});
