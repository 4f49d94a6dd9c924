import type { Command } from '@commander-js/extra-typings';
import { wholeNumber } from '../choices.ts';
import { profileNames } from '../scenario/choose-profile.ts';
import type { Surroundings } from '../surroundings.ts';

function addJob(group: Command, surroundings: Surroundings): void {
  group
    .command('job')
    .description(
      'Writes manifests of a run inside a cluster, as an Indexed Job; what follows -- is passed on to it.',
    )
    .argument('<scenario>', 'what it runs')
    .argument('[flags...]', 'flags of the scenario')
    .requiredOption('--image <image>', 'the image of this program, which job-image makes')
    .option('--parts <count>', 'over how many pods it is spread', wholeNumber('--parts', 1, 1000), 1)
    .option(
      '--iterations <count>',
      'iterations of each disturbance in all parts together',
      wholeNumber('--iterations', 1, 10_000),
      6,
    )
    .option('--seed <number>', 'of the first part', wholeNumber('--seed', 0, 2 ** 31), 1)
    .option('--profile <name|file>', `how engines are tuned: ${profileNames}, or a YAML file`)
    .action(async (scenario, words, flags) => {
      const { jobText } = await import('./job.ts');
      surroundings.stdout.write(await jobText(scenario, words, flags, surroundings));
    });
}

function addJobImage(group: Command, surroundings: Surroundings): void {
  group
    .command('job-image')
    .description('Writes the image of this program for such a Job into an archive, as docker save does.')
    .argument('[scenarios...]', 'what it is to run (all that can be run in such a cluster)')
    .requiredOption('--image <image>', 'what to call it')
    .requiredOption('--out <file>', 'the archive')
    .option('--applications', 'put the images of the applications in, too, which no registry has')
    .action(async (scenarios, flags) =>
      (await import('./job-image.ts')).bringJobImage(scenarios, flags, surroundings),
    );
}

function addJobResults(group: Command, surroundings: Surroundings): void {
  group
    .command('job-results')
    .description('Copies the runs of such a Job out of its cluster.')
    .requiredOption('--context <name>', 'the context of your kubeconfig')
    .requiredOption('--out <directory>', 'where they go; it has to be empty')
    .action(async (flags) => (await import('./job-results.ts')).bringJobResults(flags, surroundings));
}

/** `lab job | job-image | job-results`: runs inside a cluster. */
export function addJobCommands(group: Command, surroundings: Surroundings): void {
  addJob(group, surroundings);
  addJobImage(group, surroundings);
  addJobResults(group, surroundings);
}
