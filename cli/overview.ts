import { allScenarios, type Registry } from './surroundings.ts';

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
    '  npm run doctor                        what this machine can run, and what is missing',
    `  npm run scenario ${first.name.padEnd(21)}the whole comparison, with a report at the end: about 15 minutes`,
    '                                        (the first time up to 15 more, to fetch or build the programs)',
    '',
    'Then:',
    `  npm run scenario -- ${first.name} --only delete-deployment --iterations 5`,
    '                                        one disturbance only: about a minute',
    `  npm run scenario -- ${first.name} --dry-run`,
    '                                        what would be done; nothing is started',
    '  npm run lab -- up --engine flux       a lab to try things in by hand; ends with: npm run lab -- down',
    '  npm run report -- latest              the report of the newest run again',
    '  npm run toolchain                     all programs at once, before you go offline',
    '',
    'Scenarios:',
    ...list,
    '',
    'Flags go behind "--", and every command explains itself: npm run scenario -- --help',
  ].join('\n');
}
