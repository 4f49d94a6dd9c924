const maxHeadBytes = 64 * 1024;

/** What a CGI program answers (RFC 3875, section 6), its body still streaming. */
export interface CgiResponse {
  readonly status: number;
  /** Names and values in turn, as `ServerResponse.writeHead` takes them; a name may come twice. */
  readonly headers: readonly string[];
  readonly body: AsyncIterable<Uint8Array>;
}

interface Head {
  readonly text: string;
  readonly rest: Buffer;
}

function splitHead(received: Buffer): Head | undefined {
  const match = /\r?\n\r?\n/.exec(received.toString('latin1'));
  if (match === null) return undefined;
  return {
    text: received.toString('latin1', 0, match.index),
    rest: received.subarray(match.index + match[0].length),
  };
}

async function readHead(chunks: AsyncIterator<Buffer>): Promise<Head> {
  let received = Buffer.alloc(0);
  while (received.length <= maxHeadBytes) {
    const next = await chunks.next();
    if (next.done === true) throw new Error('it ended before it had answered');
    received = Buffer.concat([received, next.value]);
    const head = splitHead(received);
    if (head !== undefined) return head;
  }
  throw new Error(`its headers are longer than ${maxHeadBytes} bytes`);
}

function parseHeader(line: string): readonly [string, string] {
  const colon = line.indexOf(':');
  if (colon < 1) throw new Error('its headers are malformed');
  return [line.slice(0, colon), line.slice(colon + 1).trim()];
}

function parseStatus(value: string): number {
  const status = Number(/^[1-5]\d\d\b/.exec(value)?.[0]);
  if (Number.isNaN(status)) throw new Error('its status is malformed');
  return status;
}

async function* bodyOf(rest: Buffer, chunks: AsyncIterator<Buffer>): AsyncGenerator<Uint8Array> {
  if (rest.length > 0) yield rest;
  yield* { [Symbol.asyncIterator]: () => chunks };
}

/** Reads the head of a CGI program's output. Throws where the output ends or goes wrong before the body begins. */
export async function readCgiResponse(output: AsyncIterable<Buffer>): Promise<CgiResponse> {
  const chunks = output[Symbol.asyncIterator]();
  const { text, rest } = await readHead(chunks);
  const headers = text.split(/\r?\n/).map(parseHeader);
  const isStatus = ([name]: readonly [string, string]) => name.toLowerCase() === 'status';
  return {
    status: parseStatus(headers.find(isStatus)?.[1] ?? '200'),
    headers: headers.filter((header) => !isStatus(header)).flat(),
    body: bodyOf(rest, chunks),
  };
}
