import test from 'ava';
import { execa } from 'execa';
import { valueAt } from '../../kube/objects.ts';
import { jobManifests, partCommand } from './job-manifests.ts';

const spec = {
  image: 'registry/gitops-lab:1',
  words: ['drift-recovery', "it's"],
  parts: 3,
  iterations: 8,
  seed: 40,
};

/** What a part would run, as the shell has it. */
async function wordsOfPart(index: number): Promise<string> {
  const script = partCommand(spec).replace('exec node', 'echo');
  const { stdout } = await execa('sh', ['-c', script], {
    env: { JOB_COMPLETION_INDEX: String(index), POD_IP: '10.0.0.9' },
  });
  return stdout;
}

test('iterations are shared out, and each part has a seed of its own', async (t) => {
  const parts = await Promise.all([0, 1, 2].map(wordsOfPart));
  t.deepEqual(
    parts.map((part) => /--seed (\d+) --iterations (\d+)/.exec(part)?.slice(1)),
    [
      ['40', '3'],
      ['41', '3'],
      ['42', '2'],
    ],
  );
  t.true(parts[1]?.includes("scenario drift-recovery it's --lab existing --context in-cluster"));
  t.true(parts[1]?.includes('--host-address 10.0.0.9'));
  t.true(parts[1]?.endsWith('--out /runs/part-1'));
});

test('the parts come one after the other, with the rights that engines are given', (t) => {
  const objects = jobManifests(spec);
  t.deepEqual(
    objects.map(({ kind }) => kind),
    ['Namespace', 'ServiceAccount', 'ClusterRoleBinding', 'PersistentVolumeClaim', 'Job'],
  );
  const job = objects.at(-1);
  t.like(valueAt(job, 'spec'), {
    completionMode: 'Indexed',
    completions: 3,
    parallelism: 1,
    backoffLimit: 0,
  });
});
