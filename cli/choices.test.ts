import test from 'ava';
import { ExplainedError } from '../common/explained-error.ts';
import { findNamed, oneOf, someOf, wholeNumber } from './choices.ts';

const engines = ['flux', 'argocd'] as const;

test('names are taken in the known order, each once', (t) => {
  t.deepEqual(someOf('engine', engines)('argocd, flux,argocd'), ['flux', 'argocd']);
  t.is(oneOf('engine', engines)('flux'), 'flux');
});

test('an unknown name is answered with the nearest one', (t) => {
  const error = t.throws(() => someOf('engine', engines)('flux,argo-cd'), { instanceOf: ExplainedError });
  t.is(error.message, 'unknown engine "argo-cd"');
  t.is(error.next, 'did you mean "argocd"? (known: flux, argocd)');
  t.throws(() => someOf('engine', engines)(''), { message: 'unknown engine ""' });
  t.throws(() => findNamed('scenario', 'drift', [{ name: 'calibrate' }]), {
    message: 'unknown scenario "drift"',
  });
});

test('numbers outside the range, and what is no whole number, are refused with the range', (t) => {
  const iterations = wholeNumber('--iterations', 1, 10_000);
  t.is(iterations('10000'), 10_000);
  for (const text of [
    '0',
    '-1',
    '1e9',
    'NaN',
    'ten',
    '1.5',
    '',
    '10001',
    '99999999999999999999',
    'Infinity',
    '0x10',
  ]) {
    const error = t.throws(() => iterations(text), { instanceOf: ExplainedError }, text);
    t.is(error.next, 'give a whole number from 1 to 10000');
    t.is(error.exitCode, 2);
  }
});
