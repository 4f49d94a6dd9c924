import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { exitCodes, explain, ExplainedError } from '../../common/explained-error.ts';
import { openCluster } from '../kube/kube-access.ts';
import { explainConnection } from './connection.ts';
import { Removal } from './removal-record.ts';
import { removeLab } from './removal.ts';

const Recorded = z.object({
  context: z.string(),
  server: z.string(),
  kubeconfig: z.string(),
  removal: Removal,
});

/** Removes what a lab whose owner is gone left in a cluster; the file says what, and where. */
async function removeLeftover(file: string): Promise<void> {
  const { context, server, kubeconfig, removal } = Recorded.parse(JSON.parse(await readFile(file, 'utf8')));
  const access = openCluster(kubeconfig);
  try {
    await removeLab(access, removal);
  } catch (error) {
    throw error instanceof ExplainedError ? error : explainConnection({ name: context, server }, error);
  } finally {
    access.close();
  }
}

try {
  await removeLeftover(process.argv[2] ?? '');
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = exitCodes.failed;
}
