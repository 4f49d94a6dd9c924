import test from 'ava';
import { ExplainedError } from '../../common/explained-error.ts';
import { demandConsent, runIntention } from './consent.ts';

const question = {
  name: 'mine',
  server: 'https://cluster',
  intention: runIntention,
  given: undefined,
  ask: undefined,
};

test('the name of the context, typed or passed, is consent', async (t) => {
  await t.notThrowsAsync(demandConsent({ ...question, given: 'mine' }));
  let asked = '';
  const ask = async (text: string) => {
    asked = text;
    return Promise.resolve(' mine\n');
  };
  await t.notThrowsAsync(demandConsent({ ...question, ask }));
  t.regex(asked, /"mine" is a cluster that gitops-lab has not made: https:\/\/cluster/);
  t.true(runIntention.every((line) => asked.includes(line)));
});

test('anything else is wrong usage, and says what would be right', async (t) => {
  const refusal = async (more: object): Promise<string> => {
    const error = await t.throwsAsync(demandConsent({ ...question, ...more }), {
      instanceOf: ExplainedError,
    });
    t.is(error.exitCode, 2);
    return `${error.message}: ${error.next ?? ''}`;
  };
  t.regex(await refusal({}), /there is no terminal .* --consent mine/);
  t.regex(await refusal({ given: 'other' }), /--consent is for "other"/);
  t.regex(await refusal({ ask: async () => Promise.resolve('y') }), /nothing was touched/);
});
