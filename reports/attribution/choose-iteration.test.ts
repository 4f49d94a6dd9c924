import test from 'ava';
import { ExplainedError } from '../../common/explained-error.ts';
import { makeUpRun } from '../testing/made-up-run.ts';
import { chooseIterations } from './choose-iteration.ts';

const { results } = makeUpRun({ disturbances: ['scale-up'], iterationsPerDisturbance: 2 });
const alone = makeUpRun({ engines: ['argocd'], iterationsPerDisturbance: 1 }).results;

const chosen = (text: string, from = results): string[] =>
  chooseIterations(text, from).map(({ engine, index }) => `${engine}/${index}`);

test('an iteration is named by engine and number, or by the number for every engine that has it', (t) => {
  t.deepEqual(chosen('flux/2'), ['flux/2']);
  t.deepEqual(chosen('2'), ['flux/2', 'argocd/2']);
  t.deepEqual(chosen('2', alone), ['argocd/2']);
});

test('what is no iteration is refused with those that there are', (t) => {
  const refusal = (text: string, from = results) => {
    const error = t.throws(() => chooseIterations(text, from), { instanceOf: ExplainedError });
    t.is(error.exitCode, 2);
    return `${error.message}; ${error.next ?? ''}`;
  };
  t.regex(
    refusal('flux/99'),
    /no iteration flux\/99; there are: flux\/1 to flux\/3, argocd\/1 to argocd\/3$/,
  );
  t.regex(refusal('0'), /no iteration 0/);
  t.regex(refusal('flx/1'), /no engine "flx"; did you mean "flux"\?/);
  t.regex(refusal('flux/1', alone), /no engine "flux"/);
  t.regex(refusal('twelve'), /--iteration is "twelve"; give a number, or an engine and a number/);
});
