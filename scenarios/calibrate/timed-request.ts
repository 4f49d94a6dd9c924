import { request, type RequestOptions } from 'node:https';
import { text } from 'node:stream/consumers';
import { ExplainedError } from '../../common/explained-error.ts';
import type { KubeAccess } from '../../lab/kube/kube-access.ts';

interface TimedRequest {
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  /** A REST path of the API server. */
  readonly path: string;
  readonly body?: unknown;
  /** The clock by which it is timed. */
  readonly nowMs: () => number;
}

/** When a request was handed to the system, and when its answer arrived. */
interface Exchange {
  readonly sentAtMs: number;
  readonly answeredAtMs: number;
}

/** Of a merge patch: https://kubernetes.io/docs/reference/using-api/api-concepts/#patch-and-apply. */
const contentTypes = {
  POST: 'application/json',
  PATCH: 'application/merge-patch+json',
  DELETE: 'application/json',
};

/** Nothing that is asked for this way takes long; a server that hangs must not hang who waits for it. */
const answerTimeoutMs = 10_000;

/**
 * Sends a request over a kept connection, with as little as can be between the two moments that it tells of: the API
 * server commits between them, and the truth is known no better. Throws an explained error where the server refuses.
 */
export async function sendTimed(
  { config }: Pick<KubeAccess, 'config'>,
  { method, path, body, nowMs }: TimedRequest,
): Promise<Exchange> {
  const server = config.getCurrentCluster()?.server ?? '';
  const options: RequestOptions = { method, headers: { 'content-type': contentTypes[method] } };
  await config.applyToHTTPSOptions(options);
  const payload = body === undefined ? '' : JSON.stringify(body);
  let [sentAtMs, answeredAtMs] = [0, 0];
  const [status, answer] = await new Promise<[number, string]>((resolve, reject) => {
    const sent = request(new URL(server + path), options, (response) => {
      answeredAtMs = nowMs();
      text(response).then((received) => {
        resolve([response.statusCode ?? 0, received]);
      }, reject);
    })
      .on('error', reject)
      .setTimeout(answerTimeoutMs, () => sent.destroy(new Error('the API server did not answer')));
    sent.once('socket', () => {
      sentAtMs = nowMs();
    });
    sent.end(payload);
  });
  if (status >= 300)
    throw new ExplainedError({
      what: `the API server answered ${status} to ${method} ${path}`,
      why: answer.slice(0, 300),
    });
  return { sentAtMs, answeredAtMs };
}
