import { formatDuration } from '../../common/duration.ts';
import { stopLab } from '../../lab/home/labs.ts';
import { loseCluster } from '../../lab/home/lose-cluster.ts';
import type { Surroundings } from '../surroundings.ts';
import { startInBackground } from './background.ts';
import { readRequest } from './lab-request.ts';
import { readyText } from './up.ts';
import { whichLab } from './which-lab.ts';

/** Loses a lab's cluster with all of its data, and has it rebuilt from Git with the same settings. */
export async function wipeLab(
  name: string | undefined,
  { interruption, stdout }: Surroundings,
): Promise<void> {
  const found = whichLab(name);
  await readRequest(found.home);
  const home = await stopLab(found.home.name);
  await loseCluster(home);
  stdout.write(`the cluster of "${home.name}" is lost, with its etcd data and certificates\n`);
  const startMs = performance.now();
  const served = await startInBackground(home, {
    signal: interruption.signal,
    onStep: (text) => void stdout.write(`${text}\n`),
  });
  const took = formatDuration(performance.now() - startMs);
  stdout.write(`rebuilt from Git in ${took}\n${readyText(home.name, served)}\n`);
}
