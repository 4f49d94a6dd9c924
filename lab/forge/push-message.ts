import { createHmac } from 'node:crypto';

/** Who is told of a push. */
interface Receiver {
  readonly url: string;
  readonly secret: string;
}

/** A push to a branch. */
export interface Push {
  /** The repository's address, with or without `.git`. */
  readonly repositoryUrl: string;
  readonly branch: string;
  /** Commits. */
  readonly before: string;
  readonly after: string;
}

/** The fields of a push that the engines read (https://docs.github.com/en/webhooks/webhook-events-and-payloads#push). */
function payloadOf({ repositoryUrl, branch, before, after }: Push): string {
  const address = repositoryUrl.replace(/\.git$/, '');
  const name = address.slice(address.lastIndexOf('/') + 1);
  return JSON.stringify({
    ref: `refs/heads/${branch}`,
    before,
    after,
    commits: [],
    repository: {
      name,
      full_name: name,
      html_url: address,
      clone_url: repositoryUrl,
      default_branch: branch,
    },
  });
}

/**
 * Tells of a push as GitHub does, signed with the receiver's secret
 * (https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries). Throws where it is not taken.
 */
export async function tellPush({ url, secret }: Receiver, push: Push): Promise<void> {
  const body = payloadOf(push);
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  const answer = await fetch(url, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'push',
      'x-hub-signature-256': `sha256=${signature}`,
    },
  });
  if (!answer.ok)
    throw new Error(`the push was refused with status ${answer.status}: ${await answer.text()}`);
}
