import test from 'ava';
import { wrapped } from './wrap.ts';

test('a text is broken between words, and a word that is longer stays whole', (t) => {
  t.deepEqual(wrapped('one two three', 7), ['one two', 'three']);
  t.deepEqual(wrapped('a registry.example/shop/web b', 10), ['a', 'registry.example/shop/web', 'b']);
  t.deepEqual(wrapped('', 10), ['']);
});
