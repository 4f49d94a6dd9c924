import type { BlockContent, RootContent } from 'mdast';
import type { RecordedRun } from '../../record/reader.ts';
import type { Observation } from '../../record/observation.ts';
import type { Iteration } from '../../record/schema.ts';
import { bulletList, collapsed, heading, inlineCode, paragraph, strong, table } from '../markdown.ts';
import { engineLabels, recordedLabels } from '../names.ts';

type FactOf<Type extends Observation['type']> = Extract<Observation, { type: Type }>;

function factsOf<Type extends Observation['type']>(
  history: readonly Observation[],
  type: Type,
  { engine, index }: Iteration,
): FactOf<Type>[] {
  return history.filter(
    (fact): fact is FactOf<Type> => fact.type === type && fact.engine === engine && fact.iteration === index,
  );
}

/** What a rebuilt cluster was like against the lost one, what it took to rebuild it, and what the engine forgot; nothing where none was rebuilt. */
export function rebuildSection({
  results,
  history,
}: Pick<RecordedRun, 'results' | 'history'>): RootContent[] {
  const compared = history.filter((fact) => fact.type === 'compared');
  if (compared.length === 0) return [];
  return [
    heading(2, 'The rebuilt cluster against the lost one'),
    paragraph(
      'The zero of time is the moment at which all that is lost was gone: of a cluster, every process and its data. Before each loss, and after each rebuild, all objects of the applications’ namespaces were read, of every kind that the cluster serves but Events, ' +
        'and the engine’s own objects that Git holds. What Git can’t know was left out of both; all else had to be equal.',
    ),
    table(
      ['Disturbance', 'Engine', '#', 'Objects', 'Equal', 'Differing', 'Missing', 'Extra'],
      results.iterations.flatMap((iteration) => comparedRows(iteration, history)),
      'Nothing was compared.',
    ),
    ...differencesOf(results.iterations, history),
    ...leftOutTable(compared),
    heading(3, 'Manual steps'),
    ...commandsOf(results.iterations, history),
    heading(3, 'What the engine forgot'),
    paragraph(
      'Where the status of the engine’s objects said something else after the rebuild than before the loss, in the last iteration of each. Caches, and what an engine holds in memory, are lost with every rebuild, too.',
    ),
    ...memoryOf(results.iterations, history),
  ];
}

function comparedRows(iteration: Iteration, history: readonly Observation[]): string[][] {
  const { engine, index, disturbance } = iteration;
  return factsOf(history, 'compared', iteration).map(({ objects, differing, missing, extra }) => [
    disturbance,
    engineLabels[engine],
    String(index),
    ...[
      objects,
      objects - differing.length - missing.length - extra.length,
      differing.length,
      missing.length,
      extra.length,
    ].map(String),
  ]);
}

function differencesOf(iterations: readonly Iteration[], history: readonly Observation[]): RootContent[] {
  const items = iterations.flatMap((iteration) =>
    factsOf(history, 'compared', iteration).flatMap(({ differing, missing, extra }) => {
      const start = `${engineLabels[iteration.engine]}, iteration ${iteration.index}: `;
      return [
        ...differing.map(({ object, paths }) => [
          start,
          inlineCode(object),
          ' in ',
          inlineCode(paths.join(', ')),
        ]),
        ...missing.map((object) => [start, inlineCode(object), ' is missing']),
        ...extra.map((object) => [start, inlineCode(object), ' is new']),
      ];
    }),
  );
  return items.length === 0 ? [] : [paragraph(strong('Differences:')), bulletList(items)];
}

/** What was left out; how often, by the comparison with the most objects. */
function leftOutTable(compared: readonly FactOf<'compared'>[]): RootContent[] {
  const [largest] = compared.toSorted((left, right) => right.objects - left.objects);
  const rows = (largest?.leftOut ?? []).map(({ what, reason, objects }) => [
    inlineCode(what),
    reason,
    String(objects),
  ]);
  return collapsed(
    `What was left out, and in how many of ${largest?.objects ?? 0} objects`,
    table(['What', 'Why Git can’t know it', 'Objects'], rows, 'Nothing.'),
  );
}

/** The last iteration of each engine in which something was rebuilt. */
function lastOfEach(iterations: readonly Iteration[]): Iteration[] {
  return [...new Map(iterations.map((iteration) => [iteration.engine, iteration])).values()];
}

function commandsOf(iterations: readonly Iteration[], history: readonly Observation[]): BlockContent[] {
  const items = lastOfEach(iterations).map((iteration) => {
    const commands = factsOf(history, 'command', iteration).map(({ command }) => command);
    const count = commands.length === 1 ? '1 command' : `${commands.length} commands`;
    const listed = commands.flatMap((command, index) => [
      index === 0 ? ': ' : ', then ',
      inlineCode(command),
    ]);
    return [`${recordedLabels[iteration.engine]}: ${count}`, ...listed];
  });
  return [
    paragraph(
      'What was run once the new cluster was there, in each rebuild, as a person would type it. The cluster itself is one more, whichever engine is in it.',
    ),
    bulletList(items),
  ];
}

function memoryOf(iterations: readonly Iteration[], history: readonly Observation[]): RootContent[] {
  return lastOfEach(iterations).flatMap((iteration) =>
    factsOf(history, 'engine-memory', iteration).flatMap(({ changes }) =>
      collapsed(
        `${engineLabels[iteration.engine]}: ${changes.length} paths`,
        table(
          ['Path', 'Objects', 'Before the loss, of the first', 'After the rebuild'],
          changes.map(({ path, objects, before, after }) => [
            inlineCode(path),
            String(objects),
            before,
            after,
          ]),
          'Nothing differs.',
        ),
      ),
    ),
  );
}
