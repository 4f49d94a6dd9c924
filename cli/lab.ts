import type { Command } from '@commander-js/extra-typings';
import { readFile } from 'node:fs/promises';
import { parseDurationMs } from '../common/duration.ts';
import { ExplainedError, wrongUsage } from '../common/explained-error.ts';
import { ownCommand } from '../common/own-command.ts';
import { madeNodeImage } from '../lab/containers/node-image.ts';
import type { LabHome } from '../lab/home/lab-home.ts';
import { oneOf, wholeNumber } from './choices.ts';
import { bringDown } from './lab/down.ts';
import { addJobCommands } from './lab/job-commands.ts';
import { readServed } from './lab/lab-request.ts';
import { showLogs } from './lab/logs.ts';
import { labStatuses, statusText } from './lab/status.ts';
import { bringUp } from './lab/up.ts';
import { whichLab } from './lab/which-lab.ts';
import { wipeLab } from './lab/wipe.ts';
import { chooseProfile } from './scenario/choose-profile.ts';
import { profileNames } from './scenario/choose-profile.ts';
import type { AddCommand, Surroundings } from './surroundings.ts';

const labArgument = ['[name]', 'the lab; may be left out where there is only one'] as const;

function addUp(group: Command, surroundings: Surroundings): void {
  const { engines, labs } = surroundings.registry;
  // A lab that stays would keep a cluster of others'.
  const own = labs.filter(({ choose }) => choose({}).abilities.clusters === undefined);
  const labNames = own.map(({ name }) => name);
  const choices = ['none', ...engines] as const;
  group
    .command('up')
    .description(
      'Starts a lab in the background, with a Git server and, if wanted, an engine that follows it.',
    )
    .argument('[name]', 'how to call it', 'lab')
    .option('--engine <name>', `engine: ${choices.join(', ')}`, oneOf('engine', choices), 'none')
    .option('--lab <name>', `kind of lab: ${labNames.join(', ')}`, oneOf('lab', labNames), labs[0].name)
    .option('--nodes <count>', 'nodes', wholeNumber('--nodes', 1, 1000), 1)
    .option(
      '--pod-start <duration>',
      'how long a simulated pod takes to start (as the profile says)',
      (text) => parseDurationMs(text, '--pod-start'),
    )
    .option('--profile <name|file>', `how the engine is tuned: ${profileNames}, or a YAML file`)
    .action(async (name, { engine, lab, nodes, podStart, profile: typed }) => {
      const profile = await chooseProfile(typed, surroundings);
      const podStartMs = podStart ?? parseDurationMs(profile.podStart, 'podStart');
      const chosen = engine === 'none' ? null : engine;
      await bringUp(name, { lab, nodes, podStartMs, engine: chosen, profile }, surroundings);
    });
}

async function kubeconfigOf(home: LabHome, isRaw: boolean): Promise<string> {
  const file = (await readServed(home))?.kubeconfigFile;
  if (file === undefined) {
    throw new ExplainedError({
      what: `the lab "${home.name}" has no kubeconfig yet`,
      why: 'it is not ready',
      next: `${ownCommand('lab', 'status')} shows how far it is`,
    });
  }
  return isRaw ? readFile(file, 'utf8') : `${file}\n`;
}

function addLooking(group: Command, { stdout, interruption }: Surroundings): void {
  const write = (text: string): void => void stdout.write(text);
  group
    .command('status')
    .description('Shows every lab, what runs for it, and what it holds.')
    .option('--json', 'as JSON')
    .action(async ({ json }) => {
      const statuses = await labStatuses();
      write(`${json === true ? JSON.stringify(statuses, null, 2) : statusText(statuses)}\n`);
    });
  group
    .command('logs')
    .description('Shows the whole log of a component, or the last lines of each.')
    .argument(...labArgument)
    .argument('[component]', 'such as kube-apiserver')
    .option('--follow', 'go on with what is appended, until Ctrl-C')
    .action(async (name, component, { follow }) =>
      showLogs(whichLab(name).home, {
        component,
        isFollowing: follow === true,
        signal: interruption.signal,
        write,
      }),
    );
  group
    .command('kubeconfig')
    .description('Prints the path of the kubeconfig of a lab; your own is never touched.')
    .argument(...labArgument)
    .option('--raw', 'print its content instead')
    .action(async (name, { raw }) => {
      write(await kubeconfigOf(whichLab(name).home, raw === true));
    });
}

function addNodeImage(group: Command, surroundings: Surroundings): void {
  group
    .command('node-image')
    .description('Makes an image for the nodes of kind, where none can be pulled; on Debian, as root.')
    .option('--image <name>', 'what to call it', madeNodeImage)
    .action(async ({ image }) => (await import('./lab/node-image.ts')).bringNodeImage(image, surroundings));
}

function addMachineBox(group: Command, surroundings: Surroundings): void {
  group
    .command('machine-box')
    .description('Makes a Vagrant box for virtual machines of libvirt, with Kubernetes in it; on Linux.')
    .action(async () => (await import('./lab/machine-box.ts')).bringMachineBox(surroundings));
}

function addEnding(group: Command, surroundings: Surroundings): void {
  group
    .command('wipe')
    .description('Loses the cluster of a lab with all its data, and rebuilds it from Git.')
    .argument(...labArgument)
    .action(async (name) => wipeLab(name, surroundings));
  group
    .command('down')
    .description('Ends a lab and removes all of it, even one whose program was killed.')
    .argument(...labArgument)
    .option('--all', 'all labs of yours, with the runs that they belong to')
    .action(async (name, { all }) => {
      if (all === true && name !== undefined)
        throw wrongUsage(`both "${name}" and --all are given`, 'give one of them');
      await bringDown(name, all === true, (line) => void surroundings.stdout.write(`${line}\n`));
    });
  group
    .command('clear')
    .description(
      'Removes what a lab has left in a cluster that is not its own, where nothing is left of the lab itself.',
    )
    .requiredOption('--context <name>', 'the context of your kubeconfig')
    .option('--consent <name>', 'the same name again, where nobody is there to type it')
    .action(async (flags) => (await import('./lab/clear.ts')).clearCluster(flags, surroundings));
  group
    .command('serve', { hidden: true })
    .argument('<name>')
    .action(async (name) => (await import('./lab/serve.ts')).serveLab(name, surroundings));
}

/** `lab up | status | logs | kubeconfig | wipe | down | clear | job… | node-image | machine-box`: labs that stay, to work in by hand, and what labs need. */
export const addLabCommand: AddCommand = (program, surroundings) => {
  const group = program.command('lab').summary('labs to work in by hand').helpCommand(false);
  addUp(group, surroundings);
  addLooking(group, surroundings);
  addJobCommands(group, surroundings);
  addEnding(group, surroundings);
  addNodeImage(group, surroundings);
  addMachineBox(group, surroundings);
};
