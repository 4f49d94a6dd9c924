import test from 'ava';
import { parseAllDocuments } from 'yaml';
import type { LiveObject } from '../api.ts';
import { inOneFolder, leftBehind, wholeWorkshop, withProducts, workshop } from './workshop.ts';

const nameOf = ({ kind, metadata }: LiveObject): string => `${kind}/${metadata.name}`;

test('what no manifest in Git makes is cleared up before the next iteration, for nobody else may do it', (t) => {
  const files = inOneFolder(withProducts(workshop.objectsAt(1)), {
    engine: 'flux',
    registry: undefined,
    operator: { url: 'https://127.0.0.1:1', authority: 'x' },
    partFiles: () => ({}),
  });
  const inGit = Object.values(files)
    .flatMap((text) => parseAllDocuments(text).map((document) => document.toJS() as LiveObject))
    .map(nameOf);
  const madeByOthers = wholeWorkshop.filter((name) => !inGit.includes(name));
  t.true(madeByOthers.length > 0);
  const cleared = leftBehind.map(({ kind, name }) => `${kind}/${name}`);
  t.deepEqual(madeByOthers, cleared.slice(1));
  t.true(leftBehind.slice(1).every(({ namespace }) => namespace === workshop.namespace));
});
