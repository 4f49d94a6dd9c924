import test from 'ava';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { embedded } from '../../lab/embedded/provider.ts';
import { driftRecovery } from '../../scenarios/drift-recovery.ts';
import { builtInProfiles } from '../../scenarios/profiles/built-in.ts';
import { parseProfile } from '../../scenarios/profiles/profile.ts';
import { replicaChange } from '../../scenarios/replica-change.ts';
import type { Registry } from '../surroundings.ts';
import { jobText } from './job.ts';

const registry: Registry = {
  labs: [{ name: 'embedded', summary: '', flags: ['nodes'], choose: () => embedded }],
  engines: ['flux'],
  scenarios: [driftRecovery, replicaChange],
  otherScenarios: [],
};
const flags = { image: 'gitops-lab:1', parts: 2, iterations: 4, seed: 1 };

test('a profile that is a file goes with the Job, and one that is built in by its name', async (t) => {
  const directory = await mkdtemp(path.join(tmpdir(), 'gitops-lab-job-'));
  t.teardown(async () => rm(directory, { recursive: true }));
  await writeFile(path.join(directory, 'mine.yaml'), 'name: mine\nwarmups: 0\n');
  const surroundings = { registry, environment: { INIT_CWD: directory } };
  const own = await jobText('drift-recovery', [], { ...flags, profile: './mine.yaml' }, surroundings);
  const objects = parseAllDocuments(own).map((document) => document.toJS() as Record<string, unknown>);
  const profile = objects.find(({ kind }) => kind === 'ConfigMap')?.['data'] as Record<string, string>;
  const read = parseProfile(profile['profile.yaml'] ?? '', 'profile.yaml', builtInProfiles[0]);
  t.like(read, { name: 'mine', warmups: 0, timeout: '2m' });
  t.regex(own, /'--profile' '\/etc\/gitops-lab\/profile\.yaml'/);
  const named = await jobText('drift-recovery', [], { ...flags, profile: 'upstream' }, surroundings);
  t.regex(named, /'--profile' 'upstream'/);
  t.notRegex(named, /ConfigMap/);
});

test('what the Job says itself, and what is not there inside a cluster, is refused', async (t) => {
  const refusal = async (word: string): Promise<string> => {
    const asked = jobText('drift-recovery', [word], flags, { registry, environment: {} });
    return (await t.throwsAsync(asked)).message;
  };
  t.is(await refusal('--out=/elsewhere'), '--out is set by the Job itself');
  t.is(await refusal('--load-images'), "--load-images can't be used inside the cluster");
  const tooMany = jobText('drift-recovery', [], { ...flags, parts: 5 }, { registry, environment: {} });
  const inTwo = jobText('replica-change', [], flags, { registry, environment: {} });
  await t.throwsAsync(inTwo, { message: "replica-change can't be run in the existing lab" });
  await t.throwsAsync(tooMany, { message: "4 iterations can't be shared out over 5 parts" });
});
