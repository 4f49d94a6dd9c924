import test from 'ava';
import { ExplainedError } from '../../common/explained-error.ts';
import { adviceFor, demandVersion } from './vagrant-program.ts';

test('a Vagrant that is old, or says something else, is refused with what to do', (t) => {
  t.is(demandVersion('Vagrant 2.3.4'), '2.3.4');
  t.is(demandVersion('Vagrant 2.4.9\n'), '2.4.9');
  for (const answer of ['Vagrant 2.2.19', 'Vagrant 1.9.8', 'nonsense']) {
    const error = t.throws(() => demandVersion(answer), { instanceOf: ExplainedError });
    t.regex(error.next ?? '', /install/);
  }
});

test('failures that users meet come with advice, and others with none', (t) => {
  t.regex(adviceFor("The provider 'libvirt' could not be found") ?? '', /plugin/);
  t.regex(adviceFor('Timed out while waiting for the machine to boot.') ?? '', /SSH/);
  t.regex(adviceFor('Bind for 127.0.0.1:2222 failed: port is already allocated') ?? '', /again/);
  t.is(adviceFor('all is well'), undefined);
});
