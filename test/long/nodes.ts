import test from 'ava';
import { engine } from '../node-engine.ts';

/** A test whose nodes are containers. Without a container engine and an image for the nodes, the summary says that it was skipped. */
export const withNodes = engine === undefined ? test.serial.skip : test.serial;
