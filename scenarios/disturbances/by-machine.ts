import type { Fault } from '../scenario.ts';
import type { After } from './by-fault.ts';

type Made = Pick<Fault, 'onlyWhenNamed' | 'knownToTakeMs'> & After;

/** What runs on a worker that is lost, and what an engine can do that comes through it. */
const losses = {
  engine: {
    runs: 'the engine and pods of the application',
    feature: 'goes on after the worker that it ran on was lost',
  },
  'no engine': {
    runs: 'pods of the application, and nothing of the engine,',
    feature: 'goes on after a worker was lost',
  },
} as const;

/** A worker loses its power, and stays off. Its pods are to be ready again elsewhere. */
export function losePower(name: string, engine: keyof typeof losses, made: Made): Fault {
  const { runs, feature } = losses[engine];
  return {
    ...made,
    name,
    kind: 'fault',
    machines: 'power',
    feature,
    sentence: `the worker that runs ${runs} loses its power and stays off, and a release is committed`,
    command: 'pull the plug of a worker; git commit && git push',
    act: async ({ workerWith, powerOff, commitRelease, begin, untilMissed }) => {
      const worker = await workerWith(engine);
      await powerOff(worker);
      await commitRelease();
      begin(`${worker} is off, and a release waits in Git`);
      // Until then all of it is said to be ready, for nobody knows better.
      await untilMissed(worker);
    },
  };
}

/** A worker is destroyed and made anew, until it belongs to the cluster again. */
export function rebuildWorker(name: string, made: Made): Fault {
  return {
    ...made,
    name,
    kind: 'fault',
    machines: 'rebuild',
    feature: 'goes on after a worker was destroyed and made anew',
    sentence:
      'a worker that runs pods of the application is destroyed and made anew, and a release is committed',
    command:
      'vagrant destroy --force WORKER; git commit && git push; vagrant up WORKER; ansible-playbook playbooks/cluster.yaml',
    act: async ({ workerWith, powerOff, commitRelease, begin, rebuild, untilMissed, untilBack }) => {
      const worker = await workerWith('no engine');
      await powerOff(worker);
      await commitRelease();
      begin(`${worker} is off, and a release waits in Git`);
      await Promise.all([rebuild(worker), untilMissed(worker)]);
      await untilBack(worker);
    },
  };
}

/** The machine of the control plane loses its power, a release is committed meanwhile, and it is turned on again. */
export function loseController(
  name: string,
  { longestMs, ...made }: Made & { readonly longestMs: number },
): Fault {
  return {
    ...made,
    name,
    kind: 'fault',
    machines: 'power',
    feature: 'goes on after the controller was off',
    sentence: `the machine of the control plane loses its power for up to ${longestMs / 1000} s, in which a release is committed`,
    command: 'pull the plug of the controller; git commit && git push; turn it on',
    act: async ({ controller, powerOff, waitAtRandom, commitRelease, begin, powerOn, untilBack }) => {
      await powerOff(controller());
      await waitAtRandom(longestMs, 1 / 2);
      await commitRelease();
      begin(`${controller()} is about to be turned on`);
      await powerOn(controller());
      await untilBack(controller());
    },
  };
}
