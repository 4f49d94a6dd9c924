import test from 'ava';
import { constantOf, pauseImageOf, restrictOomScores } from './kind-source.ts';

test('names of images are read from kind’s sources', (t) => {
  t.is(constantOf('package x\n\nconst helper = "a/b:1"\nconst other = "c:2"\n', 'helper'), 'a/b:1');
  t.is(pauseImageOf('[plugins]\n  sandbox_image = "r/pause:3.10"\n'), 'r/pause:3.10');
});

test('sources that are laid out otherwise are refused', (t) => {
  t.throws(() => constantOf('var helper = "a/b:1"', 'helper'), { message: /do not say what helper is/ });
  t.throws(() => pauseImageOf(''), { message: /names no image/ });
  t.throws(() => restrictOomScores('restrict_oom_score_adj = true'), { message: /OOM scores/ });
});
