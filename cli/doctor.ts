import { exitCodes } from '../common/explained-error.ts';
import { ownCommand } from '../common/own-command.ts';
import { engines } from '../lab/engines/registry.ts';
import { listLabs } from '../lab/home/labs.ts';
import { labsDirectory } from '../lab/home/place.ts';
import { findingLines, type Finding } from './doctor/finding.ts';
import { examineLabs } from './doctor/labs.ts';
import { examineMachine } from './doctor/machine.ts';
import { examinePrograms, forNames, judgeAbility, judgePrograms } from './doctor/programs.ts';
import { trialsOf } from '../scenarios/runner/plan.ts';
import { enginesOf } from './scenario/choose-engines.ts';
import { runsDirectory, type AddCommand, type Registry, type Surroundings } from './surroundings.ts';
import { toolsOf } from './toolchain.ts';

function judgeLeftovers(): Finding[] {
  const dead = listLabs().filter(({ isOwnerRunning }) => !isOwnerRunning);
  if (dead.length === 0) return [{ mark: 'good', text: 'no labs are left over' }];
  const names = dead.map(({ home }) => home.name).join(', ');
  return [
    {
      mark: 'warning',
      text: `labs whose program was killed are left over: ${names}`,
      remedy: `${ownCommand('lab', 'down', '--all')} removes them, and ends all labs that run`,
    },
  ];
}

async function examine({ registry, environment, interruption }: Surroundings): Promise<Finding[]> {
  const { signal } = interruption;
  const names = toolsOf(registry);
  const ofLabs = registry.labs.flatMap(({ choose }) => choose({}).tools);
  const facts = await examinePrograms([...new Set([...names, ...ofLabs])], environment, signal);
  return [
    ...(await examineMachine({
      environment,
      labCount: mostLabs(registry),
      labsDirectory: labsDirectory(environment),
      runsDirectory,
    })),
    ...judgePrograms(forNames(facts, names)),
    ...judgeLeftovers(),
    ...(await examineLabs(registry, facts, { environment, signal })),
    ...registry.engines.map((name) => judgeAbility(engines[name].title, engines[name].tools, facts)),
  ];
}

/** How many labs a run of the scenario with the most of them has at once. */
function mostLabs(registry: Registry): number {
  const counts = registry.scenarios.map((scenario) =>
    enginesOf(scenario, registry).reduce(
      (sum, engine) => sum + trialsOf(engine, scenario.disturbances).length,
      0,
    ),
  );
  return Math.max(...counts);
}

/** `doctor`: what this machine can run, and what is missing. */
export const addDoctorCommand: AddCommand = (program, surroundings) => {
  program
    .command('doctor')
    .summary('what this machine can run, and what is missing')
    .description('Says what this machine can run and what is missing; changes nothing.')
    .action(async () => {
      const { registry, stdout, environment, setExitCode } = surroundings;
      const findings = await examine(surroundings);
      const isColoured = stdout.isTTY && (environment['NO_COLOR'] ?? '') === '';
      const canRun = findings.every(({ mark }) => mark !== 'bad');
      const [first] = registry.scenarios;
      const verdict = canRun
        ? `ready: ${ownCommand('scenario', first.name)}`
        : `not ready for ${first.name}: mend what is marked with ✘`;
      stdout.write(`${[...findingLines(findings, isColoured), '', verdict].join('\n')}\n`);
      setExitCode(canRun ? exitCodes.done : exitCodes.failed);
    });
};
