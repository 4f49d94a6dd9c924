import test from 'ava';
import type { EngineName } from '../../reports/record/schema.ts';
import { commitReplicas } from '../disturbances/by-commit.ts';
import { inTurns } from './in-turns.ts';

function planned(engine: EngineName, environment: string) {
  const change = commitReplicas(`change-${environment}`, environment, 'Deployment/web', 5);
  return { spec: { engine, disturbances: [change] } };
}

test('the labs of an engine that are in different clusters are there at once, and engines come one after the other', (t) => {
  const [a, b, c, d] = [
    planned('flux', 'staging'),
    planned('argocd', 'staging'),
    planned('flux', 'production'),
    planned('argocd', 'production'),
  ];
  t.deepEqual(inTurns([a, b, c, d]), [
    [a, c],
    [b, d],
  ]);
});

test('two labs of one cluster are never there at once', (t) => {
  const [first, second] = [planned('flux', 'staging'), planned('flux', 'staging')];
  t.deepEqual(inTurns([first, second]), [[first], [second]]);
});
