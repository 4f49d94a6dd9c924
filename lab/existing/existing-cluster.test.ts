import test from 'ava';
import { ExplainedError } from '../../common/explained-error.ts';
import { chooseAddress, chooseEnginePlace, chooseLoadCommands } from './existing-cluster.ts';
import { demandArchitecture, loadWords } from './images.ts';

test('where pods run, an address of this machine has to be named; where engines run here, the loopback is enough', (t) => {
  t.is(chooseAddress(undefined, true, ['10.0.0.1']), '127.0.0.1');
  t.is(chooseAddress('10.0.0.1', false, ['10.0.0.1']), '10.0.0.1');
  const error = t.throws(() => chooseAddress(undefined, false, ['10.0.0.1']), { instanceOf: ExplainedError });
  t.is(error.exitCode, 2);
  t.regex(error.next ?? '', /--host-address ADDR .*10\.0\.0\.1/);
  t.like(
    t.throws(() => chooseAddress('0.0.0.0', false, ['10.0.0.1'])),
    { exitCode: 2 },
  );
});

test('engines run in the cluster, and on this machine where pods are simulated or the user wants it', (t) => {
  const [real, simulated] = [{ areSimulated: false }, { areSimulated: true }];
  t.false(chooseEnginePlace(undefined, real));
  t.true(chooseEnginePlace(undefined, simulated));
  t.true(chooseEnginePlace('host', real));
  t.like(
    t.throws(() => chooseEnginePlace('cluster', simulated)),
    { exitCode: 2 },
  );
});

test('images of this machine are not given to nodes that can’t run them', (t) => {
  t.notThrows(() => {
    demandArchitecture(['amd64'], 'amd64');
  });
  t.like(
    t.throws(() => {
      demandArchitecture(['amd64', 'arm64'], 'amd64');
    }),
    { why: 'they are for amd64, as this machine is, and there are nodes of arm64' },
  );
});

test('the file stands where the command says, or at its end', (t) => {
  t.deepEqual(loadWords('kind load image-archive FILE --name a', '/x.tar'), [
    'kind',
    'load',
    'image-archive',
    '/x.tar',
    '--name',
    'a',
  ]);
  t.deepEqual(loadWords('load', '/x y.tar'), ['load', '/x y.tar']);
});

test('one command loads images into all clusters, or each has its own', (t) => {
  t.deepEqual(chooseLoadCommands([], 2), [undefined, undefined]);
  t.deepEqual(chooseLoadCommands(['load'], 2), ['load', 'load']);
  t.deepEqual(chooseLoadCommands(['one', 'two'], 2), ['one', 'two']);
  t.throws(() => chooseLoadCommands(['one', 'two'], 3), {
    message: '--load-images is given 2 times, and there are 3 clusters',
  });
});
