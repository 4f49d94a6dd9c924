import { formatDuration } from '../../common/duration.ts';
import { ownCommand } from '../../common/own-command.ts';
import { engines } from '../../lab/engines/registry.ts';
import { requireGit } from '../../lab/forge/git.ts';
import { createLabHome } from '../../lab/home/lab-home.ts';
import { endLab } from '../../lab/home/labs.ts';
import { toolchainProgress } from '../../lab/toolchain/terminal.ts';
import { provideTools } from '../../lab/toolchain/toolchain.ts';
import { chooseLab } from '../scenario/choose-lab.ts';
import type { Surroundings } from '../surroundings.ts';
import { startInBackground } from './background.ts';
import { saveRequest, toolsOfRequest, type LabRequest, type ServedLab } from './lab-request.ts';

/** A path as a shell takes it whatever is in it. */
function quoted(file: string): string {
  return `'${file.replaceAll("'", `'\\''`)}'`;
}

/** How to go on with a lab. */
export function readyText(name: string, { kubeconfigFile, gitUrl, gitCredentialsFile }: ServedLab): string {
  const credentials = `credential.helper=store --file=${gitCredentialsFile.replaceAll(' ', '\\ ')}`;
  return [
    `use kubectl:  export KUBECONFIG=${quoted(kubeconfigFile)}`,
    `Git:          git -c ${quoted(credentials)} clone ${gitUrl}`,
    `              (the password is in ${gitCredentialsFile})`,
    `end it:       ${ownCommand('lab', 'down', name)}`,
  ].join('\n');
}

/** Starts a lab that stays, in a process of its own, and says how to use it. */
export async function bringUp(
  name: string,
  request: LabRequest,
  { environment, interruption, stdout, registry }: Surroundings,
): Promise<void> {
  const { signal } = interruption;
  await requireGit(environment);
  await chooseLab(request, registry).lab.demand(environment);
  const startMs = performance.now();
  await provideTools(toolsOfRequest(request, registry), {
    environment,
    progress: toolchainProgress(stdout),
    signal,
  });
  const title = request.engine === null ? 'no engine' : engines[request.engine].title;
  const home = await createLabHome({ name, runs: `lab up, ${title}` });
  try {
    await saveRequest(home, request);
    const onStep = (text: string): void => void stdout.write(`${text}\n`);
    const served = await startInBackground(home, { signal, onStep });
    const took = formatDuration(performance.now() - startMs);
    stdout.write(`the lab "${name}" is ready after ${took}\n${readyText(name, served)}\n`);
  } catch (error) {
    // After a failure its logs are wanted; `lab up` with this name, or `lab down`, removes them.
    if (signal.aborted) await endLab(name);
    throw error;
  }
}
