/** A Kubernetes object as the API server sends it; what is below metadata is looked at through `valueAt`. */
export interface LiveObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly generation?: number;
    readonly resourceVersion?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

/** Names one object of a cluster. */
export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** The reference of an object. */
export function referenceOf({
  apiVersion,
  kind,
  metadata: { namespace, name },
}: LiveObject): ObjectReference {
  return { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) };
}

/** The bare object that a reference names, for the calls of the client that take one. */
export function bareObject({ apiVersion, kind, namespace, name }: ObjectReference): LiveObject {
  return { apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } };
}

/** The value below `steps`, or undefined where the path ends early. */
export function valueAt(value: unknown, ...steps: readonly (string | number)[]): unknown {
  return steps.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null
        ? (inner as Record<string | number, unknown>)[step]
        : undefined,
    value,
  );
}

/** The number below `steps`; 0 where there is none, as the API leaves zeros out. */
export function numberAt(value: unknown, ...steps: readonly (string | number)[]): number {
  const found = valueAt(value, ...steps);
  return typeof found === 'number' ? found : 0;
}

/** The text below `steps`; empty where there is none. */
export function textAt(value: unknown, ...steps: readonly (string | number)[]): string {
  const found = valueAt(value, ...steps);
  return typeof found === 'string' ? found : '';
}

/** The list below `steps`; empty where there is none. */
export function listAt(value: unknown, ...steps: readonly (string | number)[]): readonly unknown[] {
  const found = valueAt(value, ...steps);
  return Array.isArray(found) ? found : [];
}

/** The status of a condition, such as `True`; empty where it isn't set. */
export function conditionStatus(object: LiveObject, type: string): string {
  return conditionText(object, type, 'status');
}

/** A field of a condition of an object's status, or an empty text where there is none. */
export function conditionText(
  object: LiveObject,
  type: string,
  field: 'status' | 'reason' | 'message' | 'lastHeartbeatTime',
): string {
  const condition = listAt(object, 'status', 'conditions').find((entry) => textAt(entry, 'type') === type);
  return textAt(condition, field);
}
