import { neverReadyAnnotation } from '../../lab/embedded/stages.ts';
import { numberAt, textAt, valueAt, type LiveObject } from '../../lab/kube/objects.ts';
import type { Application, Chart, ChartRelease } from '../scenario.ts';
import { greeting, shop, web } from './shop.ts';

/** The version that each release of the application begins with. */
const firstVersion = '1.0.0';

/** After it a Deployment that comes no further has failed, as both engines take it from its status; Kubernetes itself waits 10 minutes. */
const progressDeadlineSeconds = 10;

const { name } = web;

/** Only what the values say differs from the shop's own manifests; the version is told by each object that it changes. */
const files: Chart['files'] = {
  'values.yaml': `replicas: 1
image: ''
release: ''
currency: EUR
neverReady: false
`,
  'templates/configmap.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  namespace: {{ .Release.Namespace }}
data:
  release: {{ .Values.release | quote }}
  currency: {{ .Values.currency | quote }}
  chart: {{ .Chart.AppVersion | quote }}
`,
  'templates/deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: {{ .Release.Namespace }}
spec:
  replicas: {{ .Values.replicas }}
  progressDeadlineSeconds: ${progressDeadlineSeconds}
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
      annotations:
        chart: {{ .Chart.AppVersion | quote }}
        {{- if .Values.neverReady }}
        ${neverReadyAnnotation}: 'true'
        {{- end }}
    spec:
      containers:
        - name: ${name}
          image: {{ .Values.image | quote }}
          env:
            - name: ${greeting.name}
              value: ${greeting.value}
          ports:
            - containerPort: 8080
`,
  'templates/service.yaml': `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: {{ .Release.Namespace }}
spec:
  selector:
    app: ${name}
  ports:
    - port: 80
      targetPort: 8080
      protocol: TCP
`,
};

/** The shop's objects as a version of the chart renders them. */
function rendered(objects: readonly LiveObject[], version: string): LiveObject[] {
  return objects.map((object) => {
    if (object.kind === 'ConfigMap')
      return { ...object, data: { ...(object['data'] as object), chart: version } };
    if (object.kind !== 'Deployment') return object;
    const spec = { ...(object['spec'] as object), progressDeadlineSeconds };
    const template = valueAt(spec, 'template') as object;
    const metadata = valueAt(template, 'metadata') as object;
    const annotations = { ...(valueAt(metadata, 'annotations') as object | undefined), chart: version };
    return {
      ...object,
      spec: { ...spec, template: { ...template, metadata: { ...metadata, annotations } } },
    };
  });
}

/** The version and the values that these objects come from; undefined where they hold no part of the chart. */
function releaseOf(objects: readonly LiveObject[]): ChartRelease | undefined {
  const configMap = objects.find(({ kind }) => kind === 'ConfigMap');
  const deployment = objects.find(({ kind }) => kind === 'Deployment');
  if (configMap === undefined || deployment === undefined) return undefined;
  const template = valueAt(deployment, 'spec', 'template');
  return {
    version: textAt(configMap, 'data', 'chart'),
    values: {
      replicas: numberAt(deployment, 'spec', 'replicas'),
      image: textAt(template, 'spec', 'containers', 0, 'image'),
      release: textAt(configMap, 'data', 'release'),
      currency: textAt(configMap, 'data', 'currency'),
      neverReady: textAt(template, 'metadata', 'annotations', neverReadyAnnotation) === 'true',
    },
  };
}

/** The shop as a chart. */
export const chartShop: Application = {
  ...shop,
  objectsAt: (release) => rendered(shop.objectsAt(release), firstVersion),
  chart: { name: 'shop', files, releaseOf, renders: ({ kind }) => kind !== 'Namespace' },
};

/** The same values with a version of the chart that was never there before; its pods are others, too. */
export function withNextChart(objects: readonly LiveObject[]): LiveObject[] {
  const release = releaseOf(objects)?.values['release'];
  return rendered(objects, `1.${String(release)}.0`);
}
