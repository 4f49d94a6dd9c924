import test from 'ava';
import { inventoryText } from './inventory.ts';
import { explainPlaybook, playsOf } from './run-playbook.ts';
import { nothingYet } from './runner-events.ts';

test('a playbook that fails half-way names task, machine, message and where more is', (t) => {
  const failures = [
    { kind: 'failed', task: 'Join the machine', host: 'worker-1', message: 'no route' },
  ] as const;
  const error = explainPlaybook('cluster.yaml', { ...nothingYet, failures }, [], '/logs/ansible/cluster-1');
  t.is(error.message, 'the task "Join the machine" of cluster.yaml failed on worker-1');
  t.is(error.why, 'no route');
  t.regex(error.next ?? '', /\/logs\/ansible\/cluster-1.*run the command again/);
});

test('a playbook that ends before its first task is told by what it said', (t) => {
  const error = explainPlaybook('cluster.yaml', nothingYet, ['ERROR! the role was not found'], '/logs');
  t.regex(error.message, /before its first task/);
  t.is(error.why, 'ERROR! the role was not found');
});

test('variables stand with the hosts, and SSH uses nothing of the user', (t) => {
  const host = { name: 'controller', role: 'controller', address: '127.0.0.1', port: 2222 } as const;
  const text = inventoryText({
    hosts: [{ ...host, user: 'vagrant', keyFile: '/lab/key', nodeAddress: '10.0.0.10' }],
    knownHostsFile: '/a lab/known_hosts',
    variables: { programs_from: 'image' },
  });
  const inventory = JSON.parse(text) as { all: { children: { cluster: { children: object } } } };
  const { controllers } = inventory.all.children.cluster.children as {
    controllers: { hosts: { controller: Record<string, string> } };
  };
  t.like(controllers.hosts.controller, { programs_from: 'image', node_ip: '10.0.0.10' });
  t.regex(controllers.hosts.controller['ansible_ssh_common_args'] ?? '', /^'-F' '\/dev\/null'/);
});

test('the plays of the playbook that makes a cluster are named in their order', async (t) => {
  const plays = await playsOf('cluster.yaml');
  t.is(plays[0], 'Make each machine ready for Kubernetes');
  t.is(plays.at(-1), 'Wait for the cluster');
  t.is(new Set(plays).size, plays.length, 'each can be told by its name');
});

test('a machine that can not be reached is named, with what SSH said', (t) => {
  const failures = [
    { kind: 'unreachable', task: 'Gathering Facts', host: 'worker-1', message: 'Connection refused' },
    { kind: 'unreachable', task: 'Gathering Facts', host: 'worker-2', message: 'Connection refused' },
  ] as const;
  const error = explainPlaybook('cluster.yaml', { ...nothingYet, failures }, [], '/logs');
  t.is(
    error.message,
    'the machine worker-1 could not be reached for the task "Gathering Facts" of cluster.yaml (and 1 more)',
  );
  t.is(error.why, 'Connection refused');
});
