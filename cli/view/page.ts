import { createHash } from 'node:crypto';
import { h } from 'hastscript';
import { baseStyles, htmlPage } from '../../reports/render/html/page.ts';
import type { ServedPage } from './server.ts';

/** What may stand in a `meta` element and in a header alike: this program, styles, and what the page follows. */
function policyFor(program: string): string {
  const hash = createHash('sha256').update(program).digest('base64');
  return [
    "default-src 'none'",
    `script-src 'sha256-${hash}'`,
    "style-src 'unsafe-inline'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** The page of the live view; what it shows comes by the stream that it follows. */
export async function livePage(): Promise<ServedPage> {
  let policy = '';
  const html = await htmlPage({
    title: 'gitops-lab, live',
    description: 'A run of gitops-lab as it goes on',
    mainPart: 'the run',
    client: {
      styles: [baseStyles, new URL('client/view.css', import.meta.url)],
      program: new URL('client/view.ts', import.meta.url),
    },
    policyFor: (program) => (policy = policyFor(program)),
    body: [
      h('header', [
        h('p', { id: 'subject' }),
        h('h1', { id: 'scenario' }, 'The run'),
        h('p', { id: 'step' }),
      ]),
      h('p', { id: 'note', role: 'status' }, 'Waiting for the run.'),
      h('noscript', [h('p', 'This page draws by JavaScript, which is off in this browser.')]),
      h('section', { id: 'ending', ariaLabel: 'How it ended', hidden: true }),
      h('div', { id: 'engines' }),
      h('section', { id: 'charts', ariaLabelledBy: 'charts-title', hidden: true }, [
        h('h2', { id: 'charts-title' }, 'Time to restore'),
        h('p', { id: 'legend' }),
        h('div', { id: 'strips' }),
      ]),
      h('p', { id: 'said', className: 'unseen', role: 'status' }),
    ],
  });
  return { html, policy: `${policy}; frame-ancestors 'none'` };
}
