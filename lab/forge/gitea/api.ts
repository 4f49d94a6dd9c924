import type { z } from 'zod';
import { ExplainedError, messageOf } from '../../../common/explained-error.ts';
import { authorizationOf, type Credentials } from '../basic-authentication.ts';

/** Nothing that the lab asks for takes long; a server that hangs must not hang who waits for it. */
const answerTimeoutMs = 30_000;

/** One person's, or one program's, way to Gitea's API (https://docs.gitea.com/api/1.26/). */
export interface GiteaApi {
  readonly username: string;
  /** The answer, as `schema` has it. Throws `RefusedError` where Gitea says no. */
  readonly ask: <T>(method: Method, path: string, schema: z.ZodType<T>, body?: object) => Promise<T>;
  /** For what is answered with nothing to read. Throws as `ask` does. */
  readonly tell: (method: Method, path: string, body?: object) => Promise<void>;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Gitea has understood a request, and does not do it. */
export class RefusedError extends ExplainedError {
  readonly status: number;
  /** Gitea's own words. */
  readonly words: string;

  constructor(request: string, status: number, words: string) {
    super({ what: `Gitea refused ${request}`, why: `it answered ${status}: ${words}` });
    this.status = status;
    this.words = words;
  }
}

function wordsOf(text: string): string {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer === 'object' && answer !== null && 'message' in answer) return String(answer.message);
  } catch {
    // Not every refusal is written as JSON; then the text says it.
  }
  return text.trim() || 'it gave no reason';
}

/** The API of the server at `url`, asked in the name of one user. */
export function giteaApi(url: string, credentials: Credentials, signal: AbortSignal): GiteaApi {
  const send = async (method: Method, path: string, body?: object): Promise<string> => {
    const request = `${method} ${path} of ${credentials.username}`;
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: authorizationOf(credentials), 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerTimeoutMs)]),
    }).catch((error: unknown) => {
      signal.throwIfAborted();
      throw new ExplainedError({
        what: `Gitea did not answer ${request}`,
        why: messageOf(error),
        next: 'see gitea.log beside the other logs',
        cause: error,
      });
    });
    const text = await answer.text();
    if (!answer.ok) throw new RefusedError(request, answer.status, wordsOf(text));
    return text;
  };
  return {
    username: credentials.username,
    ask: async (method, path, schema, body) => {
      const parsed = schema.safeParse(JSON.parse(await send(method, path, body)));
      if (parsed.success) return parsed.data;
      throw new ExplainedError({
        what: `Gitea answered ${method} ${path} in an unknown way`,
        why: parsed.error.message,
      });
    },
    tell: async (method, path, body) => {
      await send(method, path, body);
    },
  };
}
