import { createServer, type Server } from 'node:https';
import { text } from 'node:stream/consumers';
import { textAt, valueAt } from '../kube/objects.ts';
import type { KeyPair } from '../embedded/certificates.ts';
import { widgetProblem } from './widget.ts';

/** The answer to a question of the API server (https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#response). */
export function reviewWidget(review: unknown): object {
  const problem = widgetProblem(valueAt(review, 'request', 'object'));
  return {
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    response: {
      uid: textAt(review, 'request', 'uid'),
      allowed: problem === undefined,
      ...(problem === undefined ? {} : { status: { message: problem } }),
    },
  };
}

/** An admission webhook at an address of this machine that can be opened and closed again at the same port. */
export interface Webhook {
  readonly open: () => Promise<void>;
  /** Ends open connections, too: what has no pod answers nobody. A second call does nothing. */
  readonly close: () => Promise<void>;
}

/** Makes a webhook that is not open yet. */
export function createWebhook(address: string, port: number, { certificate, privateKey }: KeyPair): Webhook {
  let server: Server | undefined;
  return {
    open: async () => {
      if (server !== undefined) return;
      const opened = createServer({ cert: certificate, key: privateKey }, (request, response) => {
        text(request)
          .then((body) => response.end(JSON.stringify(reviewWidget(JSON.parse(body)))))
          .catch(() => response.destroy());
      });
      server = opened;
      await new Promise<void>((resolve, reject) => {
        opened.once('error', reject).listen(port, address, resolve);
      });
    },
    close: async () => {
      const closed = server;
      server = undefined;
      if (closed === undefined) return;
      await new Promise<void>((resolve) => {
        closed.close(() => {
          resolve();
        });
        closed.closeAllConnections();
      });
    },
  };
}
