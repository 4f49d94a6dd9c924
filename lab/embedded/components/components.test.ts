import test from 'ava';
import path from 'node:path';
import { embeddedLayout } from '../layout.ts';
import { etcd } from './etcd.ts';
import { kubeApiserver } from './kube-apiserver.ts';
import { kubeControllerManager } from './kube-controller-manager.ts';
import { kubeScheduler } from './kube-scheduler.ts';
import { kwok } from './kwok.ts';

const directory = path.join(path.sep, 'labs', 'one lab');
const layout = embeddedLayout(directory);
const ports = { etcd: 1, etcdPeer: 2, server: 3, controllerManager: 4, scheduler: 5, kwok: 6 };
const components = [etcd, kubeApiserver, kubeControllerManager, kubeScheduler, kwok].map((build) =>
  build(path.join(path.sep, 'tools', build.name), layout, ports),
);
const allArguments = components.flatMap(({ name, args }) => args.map((arg) => `${name} ${arg}`));

test('no component is reached from another machine', (t) => {
  const wide = allArguments.filter((arg) => /0\.0\.0\.0|\[?::\]?:|--insecure|=\*:/.test(arg));
  t.deepEqual(wide, []);
  const listening = allArguments.filter((arg) =>
    /--(bind-address|advertise-address|server-address|[\w-]*listen[\w-]*|[\w-]*advertise[\w-]*)=/.test(arg),
  );
  t.deepEqual(
    listening.filter((arg) => !/=(https:\/\/)?127\.0\.0\.1(:\d+)?$/.test(arg)),
    [],
  );
  const listeners = components.filter(({ name }) => listening.some((arg) => arg.startsWith(`${name} `)));
  t.deepEqual(listeners, components);
});

test('every port that was reserved is used', (t) => {
  for (const port of Object.values(ports)) {
    t.true(
      allArguments.some((arg) => new RegExp(`(127\\.0\\.0\\.1:|secure-port=)${port}$`).test(arg)),
      String(port),
    );
  }
});

test('every file lies in the directory of the lab', (t) => {
  const files = allArguments.map((arg) => /=(\/.*)$/.exec(arg)?.[1]).filter((file) => file !== undefined);
  t.true(files.length > 10);
  t.deepEqual(
    files.filter((file) => !file.startsWith(`${directory}${path.sep}`)),
    [],
  );
});

test('etcd and the API server let nobody in without a certificate', (t) => {
  const argumentsOf = (name: string) => components.find((component) => component.name === name)?.args ?? [];
  t.true(argumentsOf('etcd').includes('--client-cert-auth'));
  t.true(argumentsOf('etcd').includes('--peer-client-cert-auth'));
  t.true(argumentsOf('kube-apiserver').includes('--anonymous-auth=false'));
  t.true(argumentsOf('kube-apiserver').includes('--authorization-mode=Node,RBAC'));
});

test('components carry the names that users know', (t) => {
  t.deepEqual(
    components.map(({ name }) => name),
    ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kwok'],
  );
});
