import { stripVTControlCharacters } from 'node:util';
import { withoutYear, zoned, type Stamp } from './stamp.ts';

/** One line of a component's log that tells its time. */
export interface LogLine extends Stamp {
  readonly level: 'info' | 'warning' | 'error';
  readonly text: string;
}

/** In characters. */
const longestText = 200;

/** On every line of a controller, and of no help to who reads only its own lines. */
const everywhere = new Set([
  ...['level', 'ts', 'time', 'msg', 'error', 'err', 'caller', 'source', 'id', 'protocol'],
  ...['controller', 'controllerGroup', 'controllerKind', 'reconcileID', 'namespace', 'name'],
  ...['app-namespace', 'project', 'dest-name', 'dest-namespace', 'dest-server'],
]);

/** A text for one line of a terminal: without control characters, and cut where it is long. */
export function oneLine(text: string, longest = longestText): string {
  const plain = stripVTControlCharacters(text)
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
  const letters = Array.from(plain);
  return letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : plain;
}

function levelOf(word: unknown): LogLine['level'] {
  const first = typeof word === 'string' ? word.slice(0, 1).toLowerCase() : '';
  if (first === 'w') return 'warning';
  // error, fatal, panic, and dpanic of zap; debug and trace are for who asked for them.
  return ['e', 'f', 'p'].includes(first) || word === 'dpanic' ? 'error' : 'info';
}

function fieldsText(fields: Readonly<Record<string, unknown>>): string {
  const words = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
  const failure = fields['error'] ?? fields['err'];
  const rest = Object.entries(fields).filter(([key]) => !everywhere.has(key));
  return [
    words(fields['msg'] ?? ''),
    ...(failure === undefined ? [] : [`error=${words(failure)}`]),
    ...rest.map(([key, value]) => `${key}=${words(value)}`),
  ].join(' ');
}

function parseFields(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** zap of controller-runtime and etcd, logrus of Argo CD, slog of KWOK. A line that was cut off still has its time. */
function jsonLine(line: string): LogLine | undefined {
  const fields = parseFields(line);
  if (fields === undefined) {
    const stamp = zoned(/"(?:ts|time)":"([^"]+)"/.exec(line)?.[1]);
    return stamp && { ...stamp, level: levelOf(/"level":"(\w+)"/.exec(line)?.[1]), text: oneLine(line) };
  }
  const stamp = zoned(fields['ts'] ?? fields['time']);
  return stamp && { ...stamp, level: levelOf(fields['level']), text: oneLine(fieldsText(fields)) };
}

function unquoted(value: string): unknown {
  if (!value.startsWith('"')) return value;
  return parseFields(`{"value":${value}}`)?.['value'] ?? value.slice(1, -1);
}

/** logrus as text (https://brandur.org/logfmt). */
function logfmtLine(line: string): LogLine | undefined {
  const pairs = [...line.matchAll(/([^\s=]+)=("(?:\\.|[^"\\])*"|\S*)/g)];
  const fields = Object.fromEntries(pairs.map(([, key = '', value = '']) => [key, unquoted(value)]));
  const stamp = zoned(fields['time'] ?? fields['ts']);
  return stamp && { ...stamp, level: levelOf(fields['level']), text: oneLine(fieldsText(fields)) };
}

/** klog (https://github.com/kubernetes/klog/blob/main/internal/buffer/buffer.go, FormatHeader). */
function klogLine(line: string, aroundMs: number): LogLine | undefined {
  const [, level, month, day, time, text = ''] =
    /^([IWEF])(\d\d)(\d\d) (\d\d:\d\d:\d\d\.\d+) +\d+ [^\s\]]+\] (.*)$/.exec(line) ?? [];
  if (time === undefined) return undefined;
  const stamp = withoutYear(Number(month), Number(day), time, aroundMs);
  return stamp && { ...stamp, level: levelOf(level), text: oneLine(text) };
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Redis and Valkey (https://github.com/valkey-io/valkey/blob/8.0.0/src/server.c, serverLogRaw). */
function redisLine(line: string): LogLine | undefined {
  const [, day = '', month = '', year, time, mark, text = ''] =
    /^\d+:[XCSM] (\d\d) (\w{3}) (\d{4}) (\d\d:\d\d:\d\d\.\d{3}) ([.*#-]) (.*)$/.exec(line) ?? [];
  if (year === undefined || !months.includes(month)) return undefined;
  const inYear = String(months.indexOf(month) + 1).padStart(2, '0');
  const stamp = zoned(`${year}-${inYear}-${day}T${time ?? ''}Z`);
  return stamp && { ...stamp, level: mark === '#' ? 'warning' : 'info', text: oneLine(text) };
}

/** A line that begins with its time, as the Git server's. */
function plainLine(line: string): LogLine | undefined {
  const [, time, text = ''] = /^(\d{4}-\d\d-\d\dT\S+) (.*)$/.exec(line) ?? [];
  const stamp = zoned(time);
  return stamp && { ...stamp, level: 'info', text: oneLine(text) };
}

/**
 * Reads a line of a component's log; undefined where it tells no time, as the lines of a stack trace. `aroundMs` is a
 * moment near it, in milliseconds since 1970, for formats that leave out the year.
 */
export function parseLogLine(line: string, aroundMs: number): LogLine | undefined {
  if (line.startsWith('{')) return jsonLine(line);
  if (/^(?:time|ts|level)=/.test(line)) return logfmtLine(line);
  return klogLine(line, aroundMs) ?? redisLine(line) ?? plainLine(line);
}
