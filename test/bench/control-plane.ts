import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { $ } from 'zx';
import { startEmbeddedLab } from '../../lab/embedded/embedded-lab.ts';
import { homeAt } from '../../lab/home/lab-home.ts';
import { fileOf } from '../../lab/toolchain/file-of.ts';
import type { Tool, ToolName } from '../../lab/toolchain/toolchain.ts';
import { atMostMs, median, type Measurement } from './measurement.ts';

type Tools = ReadonlyMap<ToolName, Tool>;

const readyTargetMs = 5_000;

async function temporary(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), 'gitops-lab-bench-'));
}

/** How long the lab's own control plane takes until a node is Ready. */
async function timeOwn(tools: Tools): Promise<number> {
  const directory = await temporary();
  const startMs = performance.now();
  const home = homeAt(directory);
  const lab = await startEmbeddedLab(
    {
      home,
      logDirectory: home.logDirectory,
      nodes: 1,
      podStartMs: 500,
      signal: new AbortController().signal,
    },
    tools,
  );
  const tookMs = performance.now() - startMs;
  await lab.stop();
  await rm(directory, { recursive: true });
  return tookMs;
}

/** How long kwokctl takes with the same programs; it waits for the API server alone and makes no node. */
async function timeKwokctl(tools: Tools): Promise<number> {
  const directory = await temporary();
  const kwokctl = fileOf(tools, 'kwokctl', 'kwokctl');
  const shell = $({
    quiet: true,
    env: { ...process.env, KWOK_WORKDIR: directory, KUBECONFIG: path.join(directory, 'kubeconfig') },
  });
  const programs = [
    `--etcd-binary=${fileOf(tools, 'etcd', 'etcd')}`,
    `--kube-apiserver-binary=${fileOf(tools, 'kubernetes', 'kube-apiserver')}`,
    `--kube-controller-manager-binary=${fileOf(tools, 'kubernetes', 'kube-controller-manager')}`,
    `--kube-scheduler-binary=${fileOf(tools, 'kubernetes', 'kube-scheduler')}`,
    `--kwok-controller-binary=${fileOf(tools, 'kwok', 'kwok')}`,
  ];
  const startMs = performance.now();
  await shell`${kwokctl} create cluster --name bench --runtime binary --wait 60s --kubeconfig ${path.join(directory, 'kubeconfig')} ${programs}`;
  const tookMs = performance.now() - startMs;
  await shell`${kwokctl} delete cluster --name bench`;
  await rm(directory, { recursive: true, force: true });
  return tookMs;
}

/** Both by turns, so that whatever else the machine does falls on both alike. */
export async function benchControlPlane(tools: Tools, rounds: number): Promise<Measurement[]> {
  const own: number[] = [];
  const kwokctl: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    own.push(await timeOwn(tools));
    kwokctl.push(await timeKwokctl(tools));
  }
  return [
    atMostMs('control plane up to a Ready node', own, readyTargetMs),
    {
      ...atMostMs('the same, no slower than kwokctl create cluster', own, median(kwokctl)),
      target: `kwokctl: ${atMostMs('', kwokctl, 0).measured}`,
    },
  ];
}
