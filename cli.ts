import { runCommandLine } from './cli/command-line.ts';
import { addCompletionCommand } from './cli/completion.ts';
import { addDoctorCommand } from './cli/doctor.ts';
import { addLabCommand } from './cli/lab.ts';
import { addReportCommand } from './cli/report.ts';
import { addScenarioCommand } from './cli/scenario.ts';
import { askAtTerminal } from './cli/ask.ts';
import { allScenario } from './cli/scenario/all.ts';
import { calibrateScenario } from './cli/scenario/calibrate.ts';
import { clusterWipeScenario } from './cli/scenario/cluster-wipe.ts';
import type { Registry } from './cli/surroundings.ts';
import { addToolchainCommand } from './cli/toolchain.ts';
import { embedded } from './lab/embedded/provider.ts';
import { vagrant } from './lab/vagrant/provider.ts';
import { existing } from './lab/existing/provider.ts';
import { k3sLabs } from './lab/k3s/provider.ts';
import { kind } from './lab/kind/provider.ts';
import { availability } from './scenarios/availability.ts';
import { badCommit } from './scenarios/bad-commit.ts';
import { controllerCrash } from './scenarios/controller-crash.ts';
import { dependencyOrder } from './scenarios/dependency-order.ts';
import { driftRecovery } from './scenarios/drift-recovery.ts';
import { gitOutageScenario } from './scenarios/git-outage.ts';
import { machineLoss } from './scenarios/machine-loss.ts';
import { notification } from './scenarios/notification.ts';
import { helmRelease } from './scenarios/helm-release.ts';
import { imageUpdate } from './scenarios/image-update.ts';
import { manualBaseline } from './scenarios/manual-baseline.ts';
import { promotion } from './scenarios/promotion.ts';
import { prune } from './scenarios/prune.ts';
import { replicaChange } from './scenarios/replica-change.ts';
import { rollback } from './scenarios/rollback.ts';
import { webhookVersusPoll } from './scenarios/webhook-versus-poll.ts';

const labs: Registry['labs'] = [
  {
    name: 'embedded',
    summary: 'a control plane of host processes, with simulated pods',
    flags: ['nodes'],
    choose: () => embedded,
  },
  {
    name: 'kind',
    summary: 'nodes in containers, with real pods (needs Docker or Podman)',
    flags: ['nodes'],
    choose: () => kind,
  },
  {
    name: 'k3s',
    summary: 'a cluster in one container, with real pods (needs Docker or Podman)',
    flags: ['nodes'],
    choose: k3sLabs,
  },
  {
    name: 'vagrant',
    summary:
      'machines made by Vagrant and set up by Ansible, with real pods (needs Vagrant, Python and Docker)',
    flags: ['nodes'],
    choose: () => vagrant,
  },
  {
    name: 'existing',
    summary: 'a cluster that a context of your kubeconfig names (asks before it touches it)',
    flags: ['context', 'consent', 'hostAddress', 'engineOn', 'loadImages', 'standIns', 'adopt'],
    choose: (flags) => existing({ ...flags, ask: process.stdin.isTTY ? askAtTerminal : undefined }),
  },
];

const registry: Registry = {
  labs,
  engines: ['flux', 'argocd'],
  scenarios: [
    driftRecovery,
    prune,
    rollback,
    replicaChange,
    badCommit,
    gitOutageScenario,
    controllerCrash,
    webhookVersusPoll,
    notification,
    promotion,
    dependencyOrder,
    helmRelease,
    imageUpdate,
    manualBaseline,
    availability,
    machineLoss,
  ],
  otherScenarios: [clusterWipeScenario({ labs }), calibrateScenario],
};

/** Runs the scenarios above; it is none of its own parts. */
const everything: Registry = {
  ...registry,
  otherScenarios: [...registry.otherScenarios, allScenario(registry)],
};

const commands = [
  addScenarioCommand,
  addLabCommand,
  addReportCommand,
  addDoctorCommand,
  addToolchainCommand,
  addCompletionCommand,
];

await runCommandLine(process.argv.slice(2), everything, commands);
