import test from 'ava';
import { adviceFor } from './kind-program.ts';

test('failures that users meet have a next step', (t) => {
  t.regex(
    adviceFor('ERROR: failed to create cluster: failed to pull image "kindest/node"') ?? '',
    /node-image/,
  );
  t.regex(adviceFor('write /var: no space left on device') ?? '', /make room/);
  t.regex(adviceFor('node(s) already exist for a cluster with the name "one"') ?? '', /down --all/);
  t.regex(adviceFor('unable to apply caps: operation not permitted') ?? '', /offline\.md/);
  t.is(adviceFor('something else'), undefined);
});
