import { Option } from '@commander-js/extra-typings';
import { parseDurationMs } from '../common/duration.ts';
import { oneOf, someOf, wholeNumber } from './choices.ts';
import { planOf, planText } from './scenario/plan.ts';
import type { RunRequest } from '../scenarios/runner/run-request.ts';
import { buildRequest, seedCount, type ScenarioFlags } from './scenario/request.ts';
import { resumeRequest } from './scenario/resume.ts';
import { makeRun } from './scenario/run.ts';
import { collectThreshold, thresholdHelp } from './thresholds.ts';
import { profileNames } from './scenario/choose-profile.ts';
import type { AddCommand, Registry, Surroundings } from './surroundings.ts';

function listScenarios({ scenarios }: Registry): string {
  const width = Math.max(...scenarios.map(({ name }) => name.length));
  return [
    ...scenarios.map(({ name, summary }) => `${name.padEnd(width)}  ${summary}`),
    '',
    `run one with: npm run scenario ${scenarios[0].name}`,
  ].join('\n');
}

async function requestOf(
  name: string | undefined,
  flags: ScenarioFlags & { readonly resume?: string | undefined },
  surroundings: Surroundings,
): Promise<RunRequest> {
  if (flags.resume !== undefined) return resumeRequest(flags.resume, name, flags, surroundings);
  return buildRequest(name ?? '', flags, surroundings, process.argv.slice(3));
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
      new Option('--lab <name>', `where it runs: ${labNames.join(', ')}`)
        .default(registry.labs[0].name)
        .argParser(oneOf('lab', labNames)),
    )
    .option(
      '--engine <names>',
      `engines, apart by commas (all: ${registry.engines.join(',')})`,
      someOf('engine', registry.engines),
    )
    .option(
      '--profile <name|file>',
      `how engines are tuned and runs are made: ${profileNames}, or a YAML file`,
    )
    .option('--only <names>', 'only these disturbances, apart by commas')
    .option(
      '--iterations <count>',
      'measured iterations of each disturbance',
      wholeNumber('--iterations', 1, 10_000),
    )
    .option('--seed <number>', 'decides every order and random wait', wholeNumber('--seed', 0, seedCount - 1))
    .option('--timeout <duration>', 'when a recovery is given up, such as 5m', (text) =>
      parseDurationMs(text, '--timeout'),
    )
    .option('--threshold <demand>', thresholdHelp, collectThreshold)
    .option('--out <directory>', 'where runs are written (reports/runs)')
    .option('--dry-run', 'show what would be done, and start nothing')
    .option('--json', 'write the results as JSON to the standard output, all else to the error output')
    .option('--resume <run>', 'go on with a run that was interrupted or has failed, as it was begun')
    .option('--keep-lab', 'leave the labs running at the end, until Ctrl-C')
    .action(async (name, options) => {
      if (name === undefined && options.resume === undefined) {
        stdout.write(`${listScenarios(registry)}\n`);
        return;
      }
      const request = await requestOf(name, options, surroundings);
      const isJson = options.json === true;
      if (options.dryRun !== true) await makeRun(request, isJson, surroundings);
      else if (isJson) stdout.write(`${JSON.stringify(planOf(request, options.lab), null, 2)}\n`);
      else stdout.write(`${planText(request, options.lab)}\n`);
    });
};
