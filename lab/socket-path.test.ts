import test from 'ava';
import { socketPathFor } from './socket-path.ts';

test('a socket lies in its lab where the path is short enough', (t) => {
  t.is(socketPathFor('/data/labs/one'), '/data/labs/one/ask-pass.sock');
});

test('a lab that lies too deep for a socket has it elsewhere, always at the same place and at one of its own', (t) => {
  const deep = `/data/${'deep/'.repeat(20)}one`;
  t.true(Buffer.byteLength(socketPathFor(deep)) <= 103);
  t.is(socketPathFor(deep), socketPathFor(deep));
  t.not(socketPathFor(deep), socketPathFor(`${deep}-more`));
  t.not(socketPathFor(deep), socketPathFor(deep, 'image-updater'));
});
