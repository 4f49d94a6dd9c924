import type { Results } from '../record/schema.ts';
import { checkedLine, type CheckedThreshold } from './check.ts';

/**
 * A JUnit file of checked thresholds: one suite, a test case for each threshold, engine and disturbance. What was not
 * decided is a failure of that type, because it is not held. The elements and attributes are those of Maven Surefire's
 * schema (https://maven.apache.org/surefire/maven-surefire-plugin/xsd/surefire-test-report.xsd), which CI systems read.
 */
export function junitText(results: Results, checked: readonly CheckedThreshold[]): string {
  const failures = checked.filter(({ outcome }) => outcome !== 'held').length;
  const suite = attributes({
    name: `gitops-lab ${results.scenario.name} thresholds`,
    tests: checked.length,
    failures,
    errors: 0,
    skipped: 0,
    time: (results.cost.totalMs / 1000).toFixed(3),
    timestamp: results.startedAt,
  });
  const cases = checked.flatMap((one) => testCase(one, results.scenario.name));
  return ['<?xml version="1.0" encoding="UTF-8"?>', `<testsuite${suite}>`, ...cases, '</testsuite>', ''].join(
    '\n',
  );
}

function testCase(checked: CheckedThreshold, scenario: string): string[] {
  const { name, engine, outcome, measured } = checked;
  const start = `  <testcase${attributes({ name, classname: `gitops-lab.${scenario}.${engine}`, time: 0 })}`;
  if (outcome === 'held') return [`${start}/>`];
  const failure = attributes({ message: checkedLine(checked), type: outcome });
  return [
    `${start}>`,
    `    <failure${failure}>${escaped(`threshold: ${name}\nmeasured: ${measured}`)}</failure>`,
    '  </testcase>',
  ];
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value)).replace(/[\t\n\r]/g, characterReference)}"`)
    .join('');
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text without markup, and without what XML 1.0 can't hold (https://www.w3.org/TR/xml/#charsets). */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\u{FFFD}')
    .replace(/[&<>"]/g, (character) => entities[character] ?? character);
}

/** Line breaks in an attribute are read as blanks unless they are written so. */
function characterReference(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}
