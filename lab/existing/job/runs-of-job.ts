import { Exec, type V1Status } from '@kubernetes/client-node';
import { mkdir, readdir } from 'node:fs/promises';
import { PassThrough, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar';
import { ExplainedError, wrongUsage } from '../../../common/explained-error.ts';
import { waitUntil } from '../../../common/wait.ts';
import { ownQuietCommand } from '../../../common/own-command.ts';
import { applyObject } from '../../kube/apply.ts';
import type { KubeAccess } from '../../kube/kube-access.ts';
import { numberAt, textAt, type LiveObject } from '../../kube/objects.ts';
import { jobName, jobNamespace, runsMount, runsVolume } from './job-manifests.ts';

/** How far a Job has come, and what of its runs was copied. */
export interface FetchedRuns {
  /** The folders of the parts: `part-0`. */
  readonly parts: readonly string[];
  readonly planned: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly isRunning: boolean;
}

const reader = { apiVersion: 'v1', kind: 'Pod', namespace: jobNamespace, name: 'gitops-lab-results' };
const container = 'read';
/** A volume in a cloud has to be attached first. */
const readyTimeoutMs = 180_000;
const longestSeconds = 1800;

async function readJob(access: KubeAccess): Promise<unknown> {
  try {
    return await access.get(`/apis/batch/v1/namespaces/${jobNamespace}/jobs/${jobName}`);
  } catch (error) {
    throw new ExplainedError({
      what: 'there is no Job of gitops-lab in the cluster',
      why: error instanceof ExplainedError ? error.message : String(error),
      next: `${ownQuietCommand('lab', 'job')} writes the manifests of one; kubectl apply brings them in`,
      cause: error,
    });
  }
}

/** While a part runs, many a volume can be had on its node alone. */
const besideTheParts = {
  podAffinity: {
    preferredDuringSchedulingIgnoredDuringExecution: [
      {
        weight: 100,
        podAffinityTerm: {
          topologyKey: 'kubernetes.io/hostname',
          labelSelector: { matchLabels: { 'job-name': jobName } },
        },
      },
    ],
  },
};

/** A pod that has the volume of the runs, and waits. */
function readerPod(image: string): LiveObject {
  const { apiVersion, kind, name, namespace } = reader;
  return {
    apiVersion,
    kind,
    metadata: { name, namespace },
    spec: {
      restartPolicy: 'Never',
      activeDeadlineSeconds: longestSeconds,
      terminationGracePeriodSeconds: 0,
      automountServiceAccountToken: false,
      affinity: besideTheParts,
      containers: [
        { name: container, image, args: ['sleep', String(longestSeconds)], volumeMounts: [runsMount] },
      ],
      volumes: [runsVolume],
    },
  };
}

async function untilRunning(access: KubeAccess, signal: AbortSignal): Promise<void> {
  const path = `/api/v1/namespaces/${jobNamespace}/pods/${reader.name}`;
  await waitUntil(
    async () => (textAt(await access.get(path), 'status', 'phase') === 'Running' ? true : undefined),
    {
      goal: 'a pod that reads the volume of the runs to start',
      timeoutMs: readyTimeoutMs,
      everyMs: 500,
      signal,
    },
  );
}

async function unpackRuns({ config }: KubeAccess, to: string, signal: AbortSignal): Promise<void> {
  const archive = new PassThrough();
  let complaint = '';
  const errors = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      complaint += chunk.toString();
      done();
    },
  });
  const ended = new Promise<V1Status>((resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(new Error('interrupted'));
    });
    const command = ['tar', '--create', '--file=-', `--directory=${runsMount.mountPath}`, '.'];
    new Exec(config)
      .exec(jobNamespace, reader.name, container, command, archive, errors, null, false, resolve)
      .then((socket: object) => {
        const onclose = (): void => {
          reject(new Error('the connection ended early'));
        };
        Object.assign(socket, { onclose });
      }, reject);
  });
  const [status] = await Promise.all([
    ended.finally(() => archive.end()),
    pipeline(archive, extract({ cwd: to })),
  ]);
  if (status.status === 'Success') return;
  throw new ExplainedError({
    what: 'the runs could not be read from their volume',
    why: complaint.trim() || (status.message ?? 'tar said nothing'),
  });
}

async function removeReader(access: KubeAccess): Promise<void> {
  await access.removeNow(reader).catch((error: unknown) => {
    if ((error as { readonly code?: unknown }).code !== 404) throw error;
  });
}

/**
 * Copies the runs that the parts of a Job have made so far into an empty directory, by a pod of its own that is gone afterwards.
 * Throws an explained error, or the signal's reason.
 */
export async function fetchRuns(access: KubeAccess, to: string, signal: AbortSignal): Promise<FetchedRuns> {
  const job = await readJob(access);
  await mkdir(to, { recursive: true });
  if ((await readdir(to)).length > 0)
    throw wrongUsage(`the directory ${to} is not empty`, 'name another one: --out DIRECTORY');
  const spec = ['spec', 'template', 'spec', 'containers', 0, 'image'];
  try {
    await removeReader(access);
    await applyObject(access, readerPod(textAt(job, ...spec)));
    await untilRunning(access, signal);
    await unpackRuns(access, to, signal);
  } finally {
    await removeReader(access);
  }
  return {
    parts: (await readdir(to)).filter((name) => name.startsWith('part-')).sort(),
    planned: numberAt(job, 'spec', 'completions'),
    succeeded: numberAt(job, 'status', 'succeeded'),
    failed: numberAt(job, 'status', 'failed'),
    isRunning: numberAt(job, 'status', 'active') > 0,
  };
}
