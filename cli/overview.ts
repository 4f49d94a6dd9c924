import { isInstalled, ownCommand } from '../common/own-command.ts';
import { allScenarios, type Registry } from './surroundings.ts';

/** Commands, and beside them what they do. */
function aligned(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([command]) => command.length));
  return rows.map(([command, what]) => `  ${command.padEnd(width)}  ${what}`);
}

/** What there is to do, for someone who has just come here. */
export function overview(registry: Registry): string {
  const { scenarios } = registry;
  const all = allScenarios(registry);
  const width = Math.max(...all.map(({ name }) => name.length));
  const list = all.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  const [first] = scenarios;
  return [
    'gitops-lab measures how fast, and how surely, a GitOps engine puts back what drifted from Git.',
    'It starts real control planes on this machine, installs Flux and Argo CD in them, disturbs them, and writes a report.',
    '',
    'Begin with:',
    ...aligned([
      [ownCommand('doctor'), 'what this machine can run, and what is missing'],
      [
        ownCommand('scenario', first.name),
        'the whole comparison, with a report at the end: about 15 minutes',
      ],
      ['', '(the first time up to 15 more, to fetch or build the programs)'],
    ]),
    '',
    'Then:',
    `  ${ownCommand('scenario', first.name, '--only', 'delete-deployment', '--iterations', '5')}`,
    ...aligned([
      ['', 'one disturbance only: about a minute'],
      [ownCommand('scenario', first.name, '--dry-run'), 'what would be done; nothing is started'],
      [
        ownCommand('scenario', first.name, '--view'),
        'both engines side by side in a page of your browser, as it goes on',
      ],
      [
        ownCommand('scenario', first.name, '--present'),
        'on stage: each step waits for a key; --replay shows a run again',
      ],
      [
        ownCommand('lab', 'up', '--engine', 'flux'),
        `a lab to try things in by hand; ends with: ${ownCommand('lab', 'down')}`,
      ],
      [ownCommand('report', 'latest'), 'the report of the newest run again'],
      [ownCommand('toolchain'), 'all programs at once, before you go offline'],
    ]),
    '',
    'Scenarios:',
    ...list,
    '',
    `${isInstalled() ? 'Every' : 'Flags go behind "--", and every'} command explains itself: ${ownCommand('scenario', '--help')}`,
  ].join('\n');
}
