import test from 'ava';
import { Command } from '@commander-js/extra-typings';
import { explainSwallowedFlags } from './npm-flags.ts';

function scenarioCommand() {
  return new Command('scenario').option('--seed <n>').option('--keep-lab').option('--only <names>');
}

const underNpm = { npm_lifecycle_event: 'scenario' };

test('flags that npm took are named, and how to give them', (t) => {
  const environment = { ...underNpm, npm_config_seed: '4', npm_config_keep_lab: 'true', npm_config_json: '' };
  const error = explainSwallowedFlags(scenarioCommand(), ['scenario', 'drift-recovery'], environment);
  t.is(error?.message, 'npm kept --seed, --keep-lab for itself');
  t.regex(error?.next ?? '', /npm run scenario -- drift-recovery --FLAG VALUE$/);
  t.is(error?.exitCode, 2);
});

test('flags of subcommands count too', (t) => {
  const lab = new Command('lab');
  lab.command('up').option('--nodes <n>');
  const environment = { npm_lifecycle_event: 'lab', npm_config_nodes: '2' };
  t.regex(explainSwallowedFlags(lab, ['up'], environment)?.message ?? '', /--nodes/);
});

test("nothing is said outside of npm, of flags that came through, and of npm's own settings", (t) => {
  const command = scenarioCommand();
  t.is(explainSwallowedFlags(command, [], { npm_config_seed: '4' }), undefined);
  t.is(explainSwallowedFlags(command, [], { npm_lifecycle_event: 'test', npm_config_seed: '4' }), undefined);
  t.is(explainSwallowedFlags(command, ['--seed', '4'], { ...underNpm, npm_config_seed: '4' }), undefined);
  t.is(explainSwallowedFlags(command, [], { ...underNpm, npm_config_only: 'production' }), undefined);
});

test('a flag that npm took for a longer one of its own is named, too', (t) => {
  const command = new Command('scenario').option('--view');
  const saidBy = (viewer: string) =>
    explainSwallowedFlags(command, [], { ...underNpm, npm_config_viewer: viewer })?.message;
  t.is(saidBy(''), 'npm kept --view for itself');
  t.is(saidBy('browser'), undefined, 'a setting that somebody has');
});
