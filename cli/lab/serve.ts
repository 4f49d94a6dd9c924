import { once } from 'node:events';
import { exitCodes, ExplainedError, messageOf } from '../../common/explained-error.ts';
import { gitCredentialsFile } from '../../lab/home/git-access.ts';
import { takeOverLab } from '../../lab/home/labs.ts';
import type { LabHome } from '../../lab/home/lab-home.ts';
import { startManagedLab, type ManagedLab } from '../../lab/managed-lab.ts';
import { toolchainProgress } from '../../lab/toolchain/terminal.ts';
import { provideTools } from '../../lab/toolchain/toolchain.ts';
import { imagesOf } from '../../lab/pods/images-of.ts';
import { manifestFiles } from '../../lab/kube/manifest-files.ts';
import { stageWords } from '../progress/run-words.ts';
import { stageNews } from '../progress/stage-news.ts';
import { chooseLab } from '../scenario/choose-lab.ts';
import type { Surroundings } from '../surroundings.ts';
import type { BackgroundMessage } from './background-message.ts';
import { engineChoiceOf, readRequest, saveServed, toolsOfRequest, type ServedLab } from './lab-request.ts';

function tell(message: BackgroundMessage): void {
  if (process.connected) process.send?.(message);
}

function failureMessage(error: unknown): BackgroundMessage {
  if (!(error instanceof ExplainedError)) return { type: 'failed', what: messageOf(error) };
  return { type: 'failed', what: error.message, why: error.why, next: error.next };
}

async function startLab(home: LabHome, surroundings: Surroundings): Promise<ManagedLab> {
  const { environment, interruption, stderr, registry } = surroundings;
  const { signal } = interruption;
  const request = await readRequest(home);
  const engine = engineChoiceOf(request);
  const { lab } = chooseLab(request, registry);
  const tools = await provideTools(toolsOfRequest(request, registry), {
    environment,
    progress: toolchainProgress(stderr),
    signal,
  });
  const [example] = registry.scenarios;
  const isNews = stageNews();
  return startManagedLab({
    home,
    labs: await lab.prepare({ tools, environment, signal }),
    tools,
    nodes: request.nodes,
    podStartMs: request.podStartMs,
    ...(engine === undefined ? {} : { engine }),
    application: example.application,
    images: imagesOf(example.application.objectsAt(1)),
    initialFiles: manifestFiles(example.application.path, example.application.objectsAt(1)),
    signal,
    onStep: (text) => {
      tell({ type: 'step', text });
    },
    onProgress: (stage) => {
      if (isNews(home.name, stage)) tell({ type: 'step', text: stageWords(stage) });
    },
  });
}

function describe(home: LabHome, { lab, state, controlPlaneMs, engineInstallMs }: ManagedLab): ServedLab {
  return {
    kubeconfigFile: lab.kubeconfigFile,
    gitUrl: state.url,
    gitCredentialsFile: gitCredentialsFile(home),
    controlPlaneMs,
    engineInstallMs,
  };
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}

/** Holds the lab of a home until it is told to end, and unwinds it then. Its directory is removed by who ends it. */
export async function serveLab(name: string, surroundings: Surroundings): Promise<void> {
  const { interruption, setExitCode, stderr } = surroundings;
  const home = await takeOverLab(name);
  // Who started this is gone before the lab was ready: nobody would know of it.
  process.once('disconnect', interruption.interrupt);
  try {
    await using managed = await startLab(home, surroundings);
    const served = describe(home, managed);
    await saveServed(home, served);
    process.off('disconnect', interruption.interrupt);
    tell({ type: 'ready', served });
    await untilAborted(interruption.signal);
  } catch (error) {
    if (interruption.signal.aborted) return;
    stderr.write(`${messageOf(error)}\n`);
    tell(failureMessage(error));
    setExitCode(exitCodes.failed);
  } finally {
    if (process.connected) process.disconnect();
  }
}
