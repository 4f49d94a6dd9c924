import test from 'ava';
import { firstIpv4 } from './network.ts';

test('of the gateways of a network the IPv4 one is taken', (t) => {
  t.is(firstIpv4('fc00:f853:ccd:e793::1 172.18.0.1 '), '172.18.0.1');
  t.is(firstIpv4(' '), undefined);
});
