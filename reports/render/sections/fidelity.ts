import type { RootContent } from 'mdast';
import { formatDuration } from '../../../common/duration.ts';
import type { Iteration, Results } from '../../record/schema.ts';
import type { Analysis } from '../analysis.ts';
import { heading, paragraph, table } from '../markdown.ts';
import { engineLabels } from '../names.ts';

/** What was real in this run and what was simulated, and how many iterations it rests on. */
export function fidelitySection(results: Results, analysis: Analysis): RootContent[] {
  return [
    heading(2, 'What was measured'),
    fidelityTable(results),
    paragraph('Iterations:'),
    countTable(results, analysis),
  ];
}

function fidelityTable({
  engines,
  lab,
  scenario,
  profile,
  plan,
  provenance,
  status,
  startedAt,
  finishedAt,
  shards,
}: Results) {
  const nodes = `${lab.nodes} node${lab.nodes === 1 ? '' : 's'}`;
  const simulated = lab.podsAreSimulated
    ? `nodes and pods: ${podStart(lab)}, and no container runs`
    : 'nothing';
  const rows = [
    ['Lab', `${lab.provider}, ${nodes}; ${labsInWords(engines)}`],
    [
      'Real',
      `${lab.podsAreSimulated ? '' : 'nodes, pods, '}the control plane and the engines (see Versions)`,
    ],
    ['Engines run as', enginesInWords(lab)],
    ['Simulated', simulated],
    ...standInsRow(lab),
    ['Status', status],
    ['Profile', profile.name],
    ['Disturbances', scenario.disturbances.map(({ name }) => name).join(', ')],
    ['Time-out', `watched for at most ${formatDuration(plan.timeoutMs)} after each disturbance`],
    ['Seed', seedsInWords(provenance, shards)],
    ['Started, finished', `${startedAt}, ${finishedAt}`],
  ];
  return table(['Property', 'Value'], rows, '');
}

/** Only a lab that simulates its pods itself knows how long they take. */
function podStart({ podStartMs }: Results['lab']): string {
  return podStartMs === 0
    ? 'a pod becomes ready when the simulator of the cluster says so'
    : `a pod becomes ready ${formatDuration(podStartMs)} after it was scheduled`;
}

function enginesInWords({ enginesRunAs = 'processes' }: Results['lab']): string {
  return enginesRunAs === 'pods'
    ? 'pods in the cluster, as their installers make them'
    : 'processes of the machine, as their Deployments say';
}

/** Images that are not the published ones must not be taken for them. */
function standInsRow({ standIns = [] }: Results['lab']): [string, string][] {
  if (standIns.length === 0) return [];
  const ofDebian = standIns.some((name) => name.includes('/redis:')) ? ', Redis of Debian’s package' : '';
  return [
    [
      'Images made here',
      `${standIns.join(', ')}: of the programs in Versions${ofDebian}, as the published ones could not be had`,
    ],
  ];
}

function seedsInWords({ seed }: Results['provenance'], shards: Results['shards']): string {
  return (shards ?? [{ provenance: { seed } }]).map(({ provenance }) => provenance.seed).join(', ');
}

function labsInWords(engines: Results['engines']): string {
  const labs = engines.map(({ engine, trials }) => `${engineLabels[engine]} in ${trials.length}`);
  return `each engine in labs of its own (${labs.join(', ')})`;
}

function countTable({ iterations }: Results, { engines }: Analysis) {
  const rows = engines.map((engine) => {
    const own = iterations.filter((iteration) => iteration.engine === engine);
    const measured = own.filter(({ kind }) => kind === 'measured');
    const count = (verdict: Iteration['verdict']): string =>
      String(measured.filter((iteration) => iteration.verdict === verdict).length);
    const warmups = own.length - measured.length;
    return [engineLabels[engine], count('valid'), count('censored'), count('invalid'), String(warmups)];
  });
  return table(
    ['Engine', 'Valid', 'Censored (not recovered in time)', 'Invalid (not counted)', 'Warm-up (not counted)'],
    rows,
    'No engine was measured.',
  );
}
