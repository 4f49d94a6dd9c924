import test, { type ExecutionContext } from 'ava';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { tellPush } from './push-message.ts';

const push = {
  repositoryUrl: 'http://127.0.0.1:41234/fleet.git',
  branch: 'main',
  before: 'a'.repeat(40),
  after: 'b'.repeat(40),
};

/** A receiver that answers with a status, and keeps what it was told. */
async function receiver(t: ExecutionContext, status: number) {
  const told: { headers: IncomingHttpHeaders; body: string }[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      told.push({ headers: request.headers, body });
      response.writeHead(status).end('an answer');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => server.close());
  const { port } = server.address() as AddressInfo;
  return { told, url: `http://127.0.0.1:${port}/hook` };
}

test('a push is told with its commits and repository, and signed', async (t) => {
  const { told, url } = await receiver(t, 200);
  await tellPush({ url, secret: 'signs' }, push);
  const [{ headers, body } = { headers: {}, body: '{}' }] = told;
  const signature = createHmac('sha256', 'signs').update(body).digest('hex');
  t.like(headers, { 'x-github-event': 'push', 'x-hub-signature-256': `sha256=${signature}` });
  t.like(JSON.parse(body), {
    ref: 'refs/heads/main',
    after: push.after,
    repository: { html_url: 'http://127.0.0.1:41234/fleet', name: 'fleet' },
  });
});

test('a push that is refused is an error with the answer in it', async (t) => {
  const { url } = await receiver(t, 401);
  await t.throwsAsync(tellPush({ url, secret: 'signs' }, push), {
    message: 'the push was refused with status 401: an answer',
  });
});
