import { wrongUsage } from '../../common/explained-error.ts';
import { suggestName } from '../../common/nearest-name.ts';
import type { EngineName, Iteration, Results } from '../record/schema.ts';

const example = 'give a number, or an engine and a number, such as flux/12';

function rangesOf({ iterations, engines }: Results): string {
  return engines
    .map(({ engine }) => {
      const indices = iterations.filter((one) => one.engine === engine).map(({ index }) => index);
      return indices.length === 0
        ? `${engine} has none`
        : `${engine}/${Math.min(...indices)} to ${engine}/${Math.max(...indices)}`;
    })
    .join(', ');
}

function engineNamed(name: string, { engines }: Results): EngineName {
  const found = engines.find(({ engine }) => engine === name);
  if (found !== undefined) return found.engine;
  const known = engines.map(({ engine }) => engine);
  throw wrongUsage(`the run has no engine "${name}"`, suggestName(name, known));
}

/**
 * The iterations that `text` names: `flux/12` is one of an engine, `12` is that of each engine that has it. Throws an
 * explained error, with those that there are, where there is none.
 */
export function chooseIterations(text: string, results: Results): Iteration[] {
  const [, engine, number] = /^(?:([^/]+)\/)?(\d+)$/.exec(text) ?? [];
  if (number === undefined) throw wrongUsage(`--iteration is "${text}"`, example);
  const named = engine === undefined ? undefined : engineNamed(engine, results);
  const found = results.iterations.filter(
    (iteration) => iteration.index === Number(number) && (named === undefined || iteration.engine === named),
  );
  if (found.length > 0) return found;
  throw wrongUsage(`the run has no iteration ${text}`, `there are: ${rangesOf(results)}`);
}
