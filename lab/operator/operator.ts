import getPort from 'get-port';
import { startClock } from '../../common/clock.ts';
import { messageOf } from '../../common/explained-error.ts';
import { createCertificateAuthority } from '../embedded/certificates.ts';
import { applyObject } from '../kube/apply.ts';
import type { KubeAccess } from '../kube/kube-access.ts';
import { numberAt, type LiveObject } from '../kube/objects.ts';
import { watchObjects, type ObjectEvent } from '../kube/watch.ts';
import { createWebhook, type Webhook } from './webhook.ts';
import { operatorName, productOf, widget } from './widget.ts';

/** Where the API server finds an operator's webhook, and whom it trusts there. */
export interface OperatorAddress {
  readonly url: string;
  /** The certificate of its authority, as PEM text. */
  readonly authority: string;
}

/** What an operator works in. */
export interface OperatorPlace {
  readonly access: KubeAccess;
  readonly namespace: string;
  /** Takes lines for a log. */
  readonly log: (line: string) => void;
}

/** An operator that has an address, so that Git can name it, and is not started yet. */
export interface PreparedOperator {
  readonly address: OperatorAddress;
  readonly start: (place: OperatorPlace) => StartedOperator;
}

/** An operator that runs. */
export interface StartedOperator {
  /** Ends it. A second call does nothing. */
  readonly stop: () => Promise<void>;
}

/** Whether the pods of the operator's Deployment can be reached, so far as their Service would say it. */
function isServed({ type, object }: ObjectEvent): boolean {
  return type !== 'DELETED' && numberAt(object, 'status', 'availableReplicas') > 0;
}

/**
 * Does what the pods of an operator would do, which are simulated or know nothing of it: while its Deployment has an available pod, it answers the
 * API server's admission requests for widgets, and makes of each widget what it stands for.
 */
function startOperator(webhook: Webhook, { access, namespace, log }: OperatorPlace): StartedOperator {
  const ended = new AbortController();
  let atWork: AbortController | undefined;
  const make = (object: LiveObject): void => {
    applyObject(access, productOf(object)).then(
      () => {
        log(`made what ${object.metadata.name} stands for`);
      },
      (error: unknown) => {
        log(messageOf(error));
      },
    );
  };
  const follow = (path: string, onEvent: (event: ObjectEvent) => void, signal: AbortSignal): void => {
    watchObjects({ path }, { access, clock: startClock(), signal, onEvent, onGap: () => undefined });
  };
  const begin = async (): Promise<void> => {
    atWork = new AbortController();
    const signal = AbortSignal.any([atWork.signal, ended.signal]);
    await webhook.open();
    log('at work');
    const path = `/apis/${widget.apiVersion}/namespaces/${namespace}/${widget.plural}`;
    follow(
      path,
      ({ type, object }) => {
        if (type !== 'DELETED' && !signal.aborted) make(object);
      },
      signal,
    );
  };
  const end = async (): Promise<void> => {
    atWork?.abort();
    atWork = undefined;
    await webhook.close();
    log('not at work');
  };
  let turn = Promise.resolve();
  const inTurn = async (act: () => Promise<void>): Promise<void> => {
    turn = turn.then(act).catch((error: unknown) => {
      log(messageOf(error));
    });
    return turn;
  };
  const onDeployment = (event: ObjectEvent): void => {
    if (event.object.metadata.name !== operatorName || ended.signal.aborted) return;
    void inTurn(async () => {
      if (isServed(event) === (atWork !== undefined)) return;
      await (isServed(event) ? begin() : end());
    });
  };
  follow(`/apis/apps/v1/namespaces/${namespace}/deployments`, onDeployment, ended.signal);
  return {
    stop: async () => {
      ended.abort();
      await inTurn(end);
    },
  };
}

/** Chooses a port for an operator at an address of this machine, and makes its certificate. */
export async function prepareOperator(address: string): Promise<PreparedOperator> {
  const port = await getPort({ host: address });
  const authority = await createCertificateAuthority(operatorName, new Date());
  const server = await authority.issueServer(operatorName, [address]);
  const webhook = createWebhook(address, port, server);
  return {
    address: { url: `https://${address}:${port}/validate`, authority: authority.certificate },
    start: (place) => startOperator(webhook, place),
  };
}
