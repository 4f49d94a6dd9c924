import type { Announcement } from '../runner/stage.ts';
import { applicationsOf } from './fleet.ts';
import { countWords, type Condition } from './wipe-request.ts';

/** What an audience is told of a step, and what a person would type to do what comes after it; empty where that is nothing. */
type StepWords = Pick<Announcement['disturbance'], 'sentence' | 'command'>;

/** How the cluster of a lab is lost by hand; the harness does the same without these words. */
const lossCommands: Readonly<Record<string, string>> = {
  embedded: "pkill --signal KILL 'etcd|kube-|kwok|controller|argocd'; rm -rf etcd/ pki/",
  kind: 'kind delete cluster',
  k3s: 'docker rm --force --volumes k3s',
  vagrant: 'vagrant destroy --force',
};

/** What a person would type to lose what is lost under a condition, in a lab of this name; empty where nothing is known of it. */
export function lossCommand({ loses, applications }: Condition, lab: string): string {
  if (loses === 'controller') return 'vagrant destroy --force controller';
  const names = applicationsOf(applications).map(({ namespace }) => namespace);
  if (loses === 'objects') return `kubectl delete namespace flux-system argocd ${names.join(' ')}`;
  return lossCommands[lab] ?? '';
}

const lossSentences = {
  cluster:
    'now the control plane dies with its etcd data, and the engine with it. Git is all that is left, and one bootstrap command is to bring the rest back from there',
  controller:
    'now the controller is destroyed with its etcd data. The workers outlive it, and one bootstrap command is to bring the rest back from Git',
  objects:
    'now all that the lab made in the cluster is removed, the engine first. The cluster stays, and one bootstrap command is to bring the rest back from Git',
} as const;

/** The steps of an iteration, as an audience is told of them. */
export function stepsOf(condition: Condition, lab: string): Record<Announcement['step'], StepWords> {
  const { applications, loses = 'cluster' } = condition;
  const all = countWords(applications);
  const there = `the cluster is there, with ${all}: as Git has ${applications === 1 ? 'it' : 'them'}, and ready`;
  const isBack = applications === 1 ? 'the application is back' : `all ${all} are back`;
  return {
    first: { sentence: there, command: '' },
    before: { sentence: lossSentences[loses], command: lossCommand(condition, lab) },
    after: {
      sentence: `${isBack}. Is it the same cluster? Each object is held against what it was before the loss`,
      command: '',
    },
  };
}
