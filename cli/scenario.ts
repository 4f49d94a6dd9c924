import { Option } from '@commander-js/extra-typings';
import { parseDurationMs } from '../common/duration.ts';
import { ownCommand } from '../common/own-command.ts';
import { collectNames, collectTexts, findNamed, oneOf, someOf, wholeNumber } from './choices.ts';
import type { ScenarioFlags } from './scenario/flags.ts';
import { makeSeries } from './scenario/make-series.ts';
import { ownScenarios, withScenarios } from './scenario/own-scenarios.ts';
import { preparedRun, prepareScenario } from './scenario/prepare.ts';
import { seedCount } from './scenario/request.ts';
import { engineNames } from '../reports/record/schema.ts';
import type { OwnScenario } from '../scenarios/own/load-scenarios.ts';
import type { PreparedRun, PreparedSeries } from './scenario/prepared-run.ts';
import { replayRun } from './scenario/replay.ts';
import { resumeRequest } from './scenario/resume.ts';
import { makeRun } from './scenario/run.ts';
import { collectThreshold, thresholdHelp } from './thresholds.ts';
import { demandSomethingToView } from './view/with-view.ts';
import { profileNames } from './scenario/choose-profile.ts';
import { allScenarios, type AddCommand, type Registry, type Surroundings } from './surroundings.ts';

function listScenarios(registry: Registry, own: readonly OwnScenario[]): string {
  const theirs = own.map(({ scenario, file }) => ({
    ...scenario,
    summary: `${scenario.summary} (yours: ${file})`,
  }));
  const all = [...allScenarios(registry), ...theirs];
  const width = Math.max(...all.map(({ name }) => name.length));
  return [
    ...all.map(({ name, summary }) => `${name.padEnd(width)}  ${summary}`),
    '',
    `run one with: ${ownCommand('scenario', registry.scenarios[0].name)}`,
  ].join('\n');
}

interface Flags extends ScenarioFlags {
  readonly resume?: string | undefined;
}

async function prepare(
  name: string | undefined,
  flags: Flags,
  surroundings: Surroundings,
): Promise<PreparedRun | PreparedSeries> {
  if (flags.resume === undefined)
    return prepareScenario(name ?? '', flags, surroundings, process.argv.slice(3));
  if (name !== undefined) findNamed('scenario', name, allScenarios(surroundings.registry));
  return preparedRun(await resumeRequest(flags.resume, name, flags, surroundings), flags);
}

/** `scenario [NAME]`: lists the scenarios, or makes a run of one. */
export const addScenarioCommand: AddCommand = (program, surroundings) => {
  const { registry, stdout } = surroundings;
  const labNames = registry.labs.map(({ name }) => name);
  program
    .command('scenario')
    .summary('run a scenario and write its report')
    .description('Runs a scenario and writes its report; without a name, lists the scenarios.')
    .argument('[name]', 'the scenario')
    .addOption(
      new Option(
        '--lab <name>',
        `where it runs: ${labNames.join(', ')} (${registry.labs[0].name})`,
      ).argParser(oneOf('lab', labNames)),
    )
    .option(
      '--engine <names>',
      `engines, apart by commas: ${engineNames.join(', ')} (all that the scenario takes)`,
      someOf('engine', engineNames),
    )
    .option(
      '--profile <name|file>',
      `how engines are tuned and runs are made: ${profileNames}, or a YAML file`,
    )
    .option(
      '--only <names>',
      'only these disturbances (of calibrate: conditions, of all: scenarios), apart by commas',
    )
    .option(
      '--iterations <count>',
      'measured iterations of each disturbance or condition',
      wholeNumber('--iterations', 1, 10_000),
    )
    .option('--nodes <count>', 'nodes of each lab', wholeNumber('--nodes', 1, 100))
    .option('--seed <number>', 'decides every order and random wait', wholeNumber('--seed', 0, seedCount - 1))
    .option('--timeout <duration>', 'when a recovery is given up, such as 5m', (text) =>
      parseDurationMs(text, '--timeout'),
    )
    .option('--threshold <demand>', thresholdHelp, collectThreshold)
    .option('--scenarios <directory>', 'scenarios of your own, each in a file of TypeScript or YAML')
    .option('--out <directory>', 'where runs are written (reports/runs)')
    .option('--dry-run', 'show what would be done, and start nothing')
    .option('--json', 'write the results as JSON to the standard output, all else to the error output')
    .option('--view', 'draw the run in a page of this machine while it goes on')
    .option('--resume <run>', 'go on with a run that was interrupted or has failed, as it was begun')
    .option(
      '--context <names>',
      'with --lab existing: the context of your kubeconfig; several, apart by commas, for scenarios of several clusters',
      collectNames,
    )
    .option(
      '--consent <names>',
      'with --lab existing: the same again, where nobody is there to type it',
      collectNames,
    )
    .option(
      '--host-address <address>',
      'with --lab existing: the address of this machine that pods of the cluster reach',
    )
    .option(
      '--engine-on <place>',
      'with --lab existing: where engines run, cluster or host (cluster; host where pods are simulated)',
      oneOf('place', ['cluster', 'host'] as const),
    )
    .option(
      '--load-images <command>',
      'with --lab existing: brings an archive of images into the nodes, FILE stands for it; once, or once for each context',
      collectTexts,
    )
    .option(
      '--stand-ins',
      'with --lab existing: load images made here in the place of those of the engines, too',
    )
    .option('--adopt', 'with --lab existing: use what is there of the engine, as it is, and leave it')
    .option('--keep-lab', 'leave the labs running at the end, until Ctrl-C')
    .option('--present', 'on stage: each step is announced and waits for a key; each disturbance once')
    .option(
      '--pace <duration>',
      'with --present or --replay: how long each pause lasts, such as 5s',
      (text) => parseDurationMs(text, '--pace'),
    )
    .option('--replay <run>', 'show a run again from its history, at its own pace; nothing is started')
    .action(async (name, options) => {
      const own = await ownScenarios(options.scenarios, surroundings);
      const { replay, ...others } = options;
      if (replay !== undefined) {
        await replayRun(replay, name, others, withScenarios(surroundings, own));
        return;
      }
      if (name === undefined && options.resume === undefined) {
        stdout.write(`${listScenarios(registry, own)}\n`);
        return;
      }
      const prepared = await prepare(name, options, withScenarios(surroundings, own));
      const isJson = options.json === true;
      const isViewed = options.view === true;
      if (isViewed) demandSomethingToView(prepared);
      if (options.dryRun !== true) {
        if ('parts' in prepared) await makeSeries(prepared, isJson, surroundings, isViewed);
        else await makeRun(prepared, isJson, surroundings, isViewed);
      } else if (isJson) stdout.write(`${JSON.stringify(prepared.plan(), null, 2)}\n`);
      else stdout.write(`${prepared.planText()}\n`);
    });
};
