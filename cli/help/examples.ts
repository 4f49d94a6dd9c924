/** A command that can be typed as it stands, and what it does. */
export interface Example {
  /** What follows the name of the command, as a shell reads it. */
  readonly words: string;
  readonly what: string;
  /** What a shell is to do with its output, where that is the point: COMMAND stands for the command. */
  readonly inShell?: string;
}

const demand = "'flux.drift.*.timeToRestore.p95 < 30s'";

/** The examples of every command, by its name below the program's. */
export const examples: Readonly<Record<string, readonly Example[]>> = {
  scenario: [
    { words: '', what: 'lists the scenarios' },
    {
      words: 'drift-recovery --only delete-deployment --iterations 5',
      what: 'one disturbance, five times with each engine: about a minute',
    },
    { words: 'rollback --engine flux --dry-run', what: 'says what would be done, and starts nothing' },
    {
      words: `drift-recovery --engine flux --threshold ${demand}`,
      what: 'ends with exit code 1 where Flux is slower than that, as for CI',
    },
  ],
  lab: [
    { words: 'up --engine flux', what: 'starts a lab that Flux follows' },
    { words: 'status', what: 'shows every lab' },
    { words: 'down', what: 'ends the lab, and removes all of it' },
  ],
  'lab up': [
    { words: '', what: 'a cluster and a Git server, and no engine' },
    { words: 'demo --engine argocd', what: 'a lab named demo, with Argo CD' },
    { words: 'slow --engine flux --profile upstream', what: 'with the intervals that Flux sets itself' },
    { words: 'pods --lab kind --engine flux', what: 'with real nodes and pods' },
  ],
  'lab status': [
    { words: '', what: 'every lab, and what runs for it' },
    { words: '--json', what: 'the same for other programs', inShell: 'COMMAND > labs.json' },
  ],
  'lab logs': [
    { words: '', what: 'the last lines of every component of the only lab' },
    { words: 'demo kube-apiserver', what: 'all that one component has written' },
    { words: 'demo source-controller --follow', what: 'goes on with it, until Ctrl-C' },
  ],
  'lab kubeconfig': [
    {
      words: 'demo',
      what: 'has kubectl use the lab named demo, in this terminal alone',
      inShell: 'export KUBECONFIG="$(COMMAND)"',
    },
    { words: 'demo --raw', what: 'keeps a copy', inShell: 'COMMAND > demo.kubeconfig' },
  ],
  'lab job': [
    {
      words: 'drift-recovery --image registry.example/gitops-lab:1',
      what: 'brings the run into the cluster of the current context',
      inShell: 'COMMAND | kubectl apply -f -',
    },
    {
      words: 'prune --image registry.example/gitops-lab:1 --parts 3 --iterations 30 -- --engine flux',
      what: 'thirty iterations, spread over three pods',
    },
  ],
  'lab job-image': [
    {
      words: '--image registry.example/gitops-lab:1 --out gitops-lab.tar',
      what: 'the program, and the tools of all scenarios that such a cluster can run',
    },
    {
      words: 'drift-recovery --image registry.example/gitops-lab:1 --out small.tar --applications',
      what: 'the tools of one scenario, and the images of its pods',
    },
  ],
  'lab job-results': [
    { words: '--context team --out from-cluster', what: 'copies the runs of the newest Job' },
    { words: '--context kind-demo --out from-kind', what: 'the same from a cluster of kind' },
  ],
  'lab wipe': [
    { words: '', what: 'loses the cluster of the only lab, and rebuilds it from Git' },
    { words: 'demo', what: 'that of the lab named demo' },
  ],
  'lab down': [
    { words: '', what: 'ends the only lab' },
    { words: 'demo', what: 'ends the lab named demo' },
    { words: '--all', what: 'ends all labs, and removes what killed programs have left' },
  ],
  'lab clear': [
    { words: '--context team', what: 'asks for the name once more, and removes what a lab has left there' },
    { words: '--context team --consent team', what: 'the same in a script' },
  ],
  'lab node-image': [
    { words: '', what: 'makes the image, and names it as labs of kind look for it' },
    { words: '--image registry.example/node:1', what: 'names it otherwise' },
  ],
  'lab machine-box': [
    { words: '', what: 'makes the box, and says how Vagrant is given it' },
    { words: '', what: 'keeps what it says, too', inShell: 'COMMAND | tee box.log' },
  ],
  report: [
    { words: 'latest', what: 'renders the report of the newest run again' },
    { words: 'latest --iteration flux/3', what: 'what happened in the third iteration of Flux' },
    { words: 'drift-recovery --into README.md', what: 'puts the newest results into a document' },
    { words: `latest --threshold ${demand}`, what: 'holds the run against something else' },
  ],
  'report compare': [
    {
      words: 'reports/runs/drift-recovery/2026-01-01T10-00-00Z drift-recovery',
      what: 'what has changed since an earlier run',
    },
    {
      words: 'baseline drift-recovery --fail-on regression --minimum 200ms',
      what: 'ends with exit code 1 where something is slower, as for CI',
    },
    { words: 'before after --json', what: 'the same for other programs', inShell: 'COMMAND > changes.json' },
  ],
  'report merge': [
    { words: 'part-1 part-2 part-3', what: 'joins three parts of a run' },
    { words: 'part-1 part-2 --out merged', what: 'writes what they make up elsewhere' },
  ],
  'report features': [
    { words: '', what: 'by the newest run of each scenario' },
    {
      words: 'drift-recovery prune --into FEATURES.md',
      what: 'by two runs, between the markers of a document',
    },
  ],
  doctor: [
    { words: '', what: 'what is here, and what is missing' },
    { words: '', what: 'the same to be kept or sent to somebody', inShell: 'COMMAND > doctor.txt' },
  ],
  toolchain: [
    { words: '', what: 'all programs that the embedded lab and its engines need' },
    { words: 'helm kubectl', what: 'these alone' },
    { words: 'k6', what: 'what the scenario availability needs besides' },
  ],
  completion: [
    { words: 'bash', what: 'for this terminal', inShell: 'source <(COMMAND)' },
    {
      words: 'zsh',
      what: 'for good, where the directory is in fpath before compinit',
      inShell: 'COMMAND > ~/.zfunc/_gitops-lab',
    },
    { words: 'fish', what: 'for good', inShell: 'COMMAND > ~/.config/fish/completions/gitops-lab.fish' },
  ],
};
