import test from 'ava';
import { readdir, readFile } from 'node:fs/promises';
import { loadScenarios } from './load-scenarios.ts';
import { ownDirectory, refusal } from './own-directory-for-tests.ts';

const examples = new URL('../../docs/examples/', import.meta.url);

/** A scenario in TypeScript, as short as one can be; `more` is what is to be different. */
function tiny(more = '', name = 'tiny'): string {
  return `import { application, remove, type Scenario } from 'gitops-lab';
const objects = [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }];
const a = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'tiny', name: 'a' };
export default {
  name: '${name}',
  summary: 'delete a',
  question: 'How fast is a back?',
  application: application({ name: 'tiny', objects }),
  disturbances: [remove('delete-a', a, { readies: ['ConfigMap/a'] })],
  ${more}
} satisfies Scenario;
`;
}

test('the documented examples are scenarios', async (t) => {
  const names = await readdir(examples);
  const files = await Promise.all(
    names.map(async (name) => [name, await readFile(new URL(name, examples), 'utf8')] as const),
  );
  const directory = await ownDirectory(t, Object.fromEntries(files));
  const own = await loadScenarios(directory, 'mine', []);
  t.deepEqual(
    own.map(({ scenario, file }) => [scenario.name, file]),
    [
      ['guestbook', 'mine/guestbook.yaml'],
      ['queue-outage', 'mine/queue-outage.ts'],
    ],
  );
});

test('TypeScript and JavaScript, a default and a named export are taken; what lies below, types and other files are not', async (t) => {
  const named = tiny('', 'named').replace('export default', 'export const scenario =');
  const plain = (name: string) =>
    tiny('', name).replace(', type Scenario', '').replace(' satisfies Scenario', '');
  const directory = await ownDirectory(t, {
    'a.ts': `import { help } from './below/help.ts';\n${tiny('summary: help,').replace("summary: 'delete a',", '')}`,
    'b.js': plain('in-javascript'),
    'c.mjs': plain('in-a-module'),
    'd.ts': named.replace(' satisfies Scenario', ''),
    'below/help.ts': "export const help: string = 'helped';",
    'types.d.ts': 'declare const x: number;',
    'notes.md': 'nothing',
  });
  const own = await loadScenarios(directory, 'mine', []);
  t.deepEqual(
    own.map(({ scenario }) => scenario.name),
    ['tiny', 'in-javascript', 'in-a-module', 'named'],
  );
  t.is(own[0]?.scenario.summary, 'helped');
});

interface Wrong {
  readonly files: Readonly<Record<string, string>>;
  readonly says: RegExp;
  readonly next: RegExp;
}

const wrongs: Readonly<Record<string, Wrong>> = {
  'TypeScript with a mistake in its syntax': {
    files: { 'bad.ts': 'const a: number = 1;\nexport default {\n  name: ] };\n' },
    says: /^mine\/bad\.ts:3:8: Unexpected "\]"$/,
    next: /^mend mine\/bad\.ts$/,
  },
  'JavaScript with a mistake in its syntax': {
    files: { 'bad.mjs': 'const a = 1;\nconst b: number = 1;\n' },
    says: /^mine\/bad\.mjs:2: Missing initializer/,
    next: /^mend/,
  },
  'a module that throws': {
    files: {
      'boom.ts': 'interface A { a: string }\n\nconst a: A = undefined;\na.a.trim();\nexport default a;\n',
    },
    says: /^mine\/boom\.ts:4:3: Cannot read properties of undefined/,
    next: /^mend/,
  },
  'a misspelled import from the API': {
    files: { 'a.ts': "import { remov } from 'gitops-lab';\nexport default remov;\n" },
    says: /^mine\/a\.ts:1: .* does not provide an export named 'remov'/,
    next: /did you mean "remove"\?/,
  },
  'an import that is nowhere': {
    files: { 'a.ts': "import x from 'nowhere';\nexport default x;\n" },
    says: /^mine\/a\.ts: Cannot find package 'nowhere'/,
    next: /^mend/,
  },
  'a module without a scenario': {
    files: { 'a.ts': 'export const senario = {};' },
    says: /^mine\/a\.ts exports no scenario$/,
    next: /export default .* a directory below/,
  },
  'an unknown field': {
    files: { 'a.ts': tiny('summry: 1,') },
    says: /^mine\/a\.ts: unknown field "summry"$/,
    next: /did you mean "summary"\? \(known: name, summary, question/,
  },
  'a missing field': {
    files: { 'a.ts': tiny().replace("question: 'How fast is a back?',", '') },
    says: /^mine\/a\.ts: question: /,
    next: /^mend/,
  },
  'a disturbance of no kind': {
    files: { 'a.ts': tiny("disturbances: [{ name: 'x', kind: 'drfit' }],") },
    says: /^mine\/a\.ts: disturbances\[0\]\.kind: /,
    next: /^mend/,
  },
  'an unknown field of a disturbance': {
    files: {
      'a.ts': tiny().replace(
        "['ConfigMap/a'] })]",
        "['ConfigMap/a'] })].map((one) => ({ ...one, redies: [] }))",
      ),
    },
    says: /disturbances\[0\]: unknown field "redies"/,
    next: /did you mean "readies"\?/,
  },
  'an object that the application does not have': {
    files: { 'a.ts': tiny().replace("['ConfigMap/a'] }", "['ConfigMap/b'] }") },
    says: /disturbance "delete-a": readies: the application has no "ConfigMap\/b"/,
    next: /did you mean "ConfigMap\/a"\?/,
  },
  'two disturbances of one name': {
    files: {
      'a.ts': tiny().replace("['ConfigMap/a'] })]", "['ConfigMap/a'] })].flatMap((one) => [one, one])"),
    },
    says: /two disturbances are named "delete-a"/,
    next: /name of its own/,
  },
  'releases that are all the same': {
    files: {
      'a.ts': tiny().replace(
        "application({ name: 'tiny', objects })",
        "{ ...application({ name: 'tiny', objects }), objectsAt: () => application({ name: 'tiny', objects }).objectsAt(1) }",
      ),
    },
    says: /objectsAt\(1\) and objectsAt\(2\) are the same/,
    next: /application\(\{ name, objects \}\)/,
  },
  'a chart without a registry': {
    files: {
      'a.ts': tiny().replace(
        "application({ name: 'tiny', objects })",
        "{ ...application({ name: 'tiny', objects }), chart: { name: 'tiny', files: {}, releaseOf: () => undefined, renders: () => true } }",
      ),
    },
    says: /its application is a chart/,
    next: /registry: true/,
  },
  'a change that Git does not have': {
    files: {
      'a.ts': `import { commitRemoval } from 'gitops-lab';\n${tiny().replace("remove('delete-a'", "{ ...commitRemoval('x', 'ConfigMap/a'), change: (objects) => objects },\n remove('delete-a'")}`,
    },
    says: /disturbance "x": the change leaves Git as it is/,
    next: /return other objects/,
  },
  'a notice that no engine is asked to send': {
    files: {
      'a.ts': tiny()
        .replace('application, remove', 'application, remove, toldOf')
        .replace(/\[remove\((.*)\)\],/, "[toldOf('succeeded', remove($1))],"),
    },
    says: /disturbance "delete-a" has a notice, and no engine is asked/,
    next: /needs: \['notifications'\]/,
  },
  'the name of a built-in scenario': {
    files: { 'a.ts': tiny('', 'drift-recovery') },
    says: /^mine\/a\.ts: the name "drift-recovery" is that of a built-in scenario$/,
    next: /another name/,
  },
  'a name twice': {
    files: { 'a.ts': tiny(), 'b.ts': tiny() },
    says: /^mine\/b\.ts: the name "tiny" is that of mine\/a\.ts$/,
    next: /another name/,
  },
  'a name that can be no directory': {
    files: { 'a.ts': tiny('', '../up') },
    says: /^mine\/a\.ts: name: write small letters/,
    next: /^mend/,
  },
  'a directory without scenarios': {
    files: { 'notes.md': '' },
    says: /^mine holds no scenarios$/,
    next: /\.ts, \.js, \.mjs, \.yaml, \.yml/,
  },
};

for (const [what, { files, says, next }] of Object.entries(wrongs)) {
  test(`told in words: ${what}`, async (t) => {
    const told = await refusal(t, files);
    t.regex(told.says, says);
    t.regex(told.next, next);
    t.is(told.exitCode, 2);
  });
}

test('a directory that is not there is told', async (t) => {
  await t.throwsAsync(loadScenarios('/nowhere/at/all', 'mine', []), {
    message: "the scenarios of mine can't be read: there is no such directory",
  });
});
