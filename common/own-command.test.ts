import test from 'ava';
import { isInstalled, ownCommandLine } from './own-command.ts';

const checkout = {};
const installed = { GITOPS_LAB_CALLED_AS: 'npx gitops-lab' };

function typed(environment: NodeJS.ProcessEnv, command: string, ...words: readonly string[]): string {
  return ownCommandLine(command, words, environment).join(' ');
}

test('in a checkout, flags stand behind the dashes that keep them from npm', (t) => {
  t.is(typed(checkout, 'scenario', 'prune', '--seed', '7'), 'npm run scenario -- prune --seed 7');
  t.is(typed(checkout, 'scenario', '--help'), 'npm run scenario -- --help');
  t.is(typed(checkout, 'lab', 'down'), 'npm run lab -- down');
});

test('in a checkout, a name alone needs no dashes, nor does a command alone', (t) => {
  t.is(typed(checkout, 'scenario', 'prune'), 'npm run scenario prune');
  t.is(typed(checkout, 'doctor'), 'npm run doctor');
});

test('an installed program is named as it was called', (t) => {
  t.is(typed(installed, 'scenario', 'prune', '--seed', '7'), 'npx gitops-lab scenario prune --seed 7');
  t.is(typed({ GITOPS_LAB_CALLED_AS: 'gitops-lab' }, 'lab', 'down'), 'gitops-lab lab down');
  t.true(isInstalled(installed));
  t.false(isInstalled(checkout));
});
