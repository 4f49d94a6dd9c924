import type { FaultHands } from '../scenario.ts';

/** Hands that write down what they are asked to do. */
export function scribe(): { readonly hands: FaultHands; readonly done: string[] } {
  const done: string[] = [];
  const write = (what: string) => async () => {
    done.push(what);
    return Promise.resolve();
  };
  const writeOf = (what: string) => async (name: string) => write(`${what} ${name}`)();
  const hands: FaultHands = {
    commitRelease: write('release'),
    untilAtWork: write('at work'),
    untilApplied: write('applied'),
    crash: write('crash'),
    takeGitAway: write('Git away'),
    giveGitBack: write('Git back'),
    takeReceiverAway: write('receiver away'),
    giveReceiverBack: write('receiver back'),
    deletePods: write('pods deleted'),
    drift: write('drift'),
    workerWith: async (engine) => {
      await write(`worker with ${engine}`)();
      return 'worker-1';
    },
    controller: () => 'controller',
    powerOff: writeOf('off'),
    powerOn: writeOf('on'),
    rebuild: writeOf('rebuild'),
    untilMissed: writeOf('missed'),
    untilBack: writeOf('back'),
    waitAtRandom: async (longestMs, least = 0) => write(`wait ${longestMs * least} to ${longestMs}`)(),
    begin: () => void done.push('begin'),
  };
  return { hands, done };
}
