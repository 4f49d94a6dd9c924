import type { Values } from './values.ts';
import { quoted, type CompletedCommand, type CompletedFlag } from './words.ts';

/** The action of `_arguments` that completes the values (https://zsh.sourceforge.io/Doc/Release/Completion-System.html#Completion-Functions). */
function action(values: Values): string {
  switch (values.kind) {
    case 'names':
      if (values.isList === true) return `_sequence compadd - ${values.names.join(' ')}`;
      return values.orFiles === true
        ? `_gitops_lab_names_or_files ${values.names.join(' ')}`
        : `(${values.names.join(' ')})`;
    case 'ofScenario':
      return '_gitops_lab_of_scenario';
    case 'files':
      return '_files';
    case 'directories':
      return '_files -/';
    case 'labs':
      return '_gitops_lab_labs';
    case 'free':
      return '';
  }
}

/** A text between the brackets of a specification, or beside a word of _describe. */
function escaped(text: string): string {
  return text.replace(/[[\]:\\]/g, String.raw`\$&`);
}

function flagSpec({ flag, what, value }: CompletedFlag): string {
  const described = `[${escaped(what)}]`;
  if (value === undefined) return quoted(`${flag}${described}`);
  // It may be given several times, as some may; which ones is not told apart.
  return quoted(`*${flag}=${described}:value:${action(value)}`);
}

function argumentSpecs({ arguments: values, goesOn }: CompletedCommand): string[] {
  return values.map((value, index) => {
    const place = goesOn && index === values.length - 1 ? '*' : String(index + 1);
    return quoted(`${place}:argument:${action(value)}`);
  });
}

const functionName = (name: string): string => `_gitops_lab_${name.replaceAll(/\W/g, '_')}`;

function groupFunction(command: CompletedCommand): string {
  const { name, members, flags } = command;
  const described = members.map(({ word, what }) => `    ${quoted(`${word}:${escaped(what)}`)}`);
  const [first] = command.arguments;
  const also = first === undefined ? '' : `; ${action(first).replace(/^\((.*)\)$/, 'compadd - $1')}`;
  const cases = members.map(
    ({ word }) => `    ${word}) ${functionName(name === '' ? word : `${name} ${word}`)} ;;`,
  );
  const other = first === undefined ? [] : [`    *) _arguments ${flags.map(flagSpec).join(' ')} ;;`];
  return `${name === '' ? '_gitops_lab' : functionName(name)}() {
  local state
  local -a members=(
${described.join('\n')}
  )
  _arguments -C ${flags.map(flagSpec).join(' ')} '1: :->member' '*:: :->rest'
  case $state in
  member) _describe command members${also} ;;
  rest)
    case $words[1] in
${[...cases, ...other].join('\n')}
    esac
    ;;
  esac
}`;
}

function plainFunction(command: CompletedCommand): string {
  const specs = [...command.flags.map(flagSpec), ...argumentSpecs(command)];
  return `${functionName(command.name)}() {
  _arguments \\
    ${specs.join(' \\\n    ')}
}`;
}

function ofScenarioFunction(commands: readonly CompletedCommand[]): string {
  const values = commands.flatMap(({ flags }) => flags.map(({ value }) => value));
  const found = values.find((value) => value?.kind === 'ofScenario');
  const cases = Object.entries(found?.names ?? {}).map(
    ([scenario, names]) => `    ${scenario}) _sequence compadd - ${names.join(' ')}; return ;;`,
  );
  return `_gitops_lab_of_scenario() {
  local word
  for word in $words; do
    case $word in
${cases.join('\n')}
    esac
  done
}`;
}

/** The script for zsh; `labsDirectory` holds a directory for each lab. */
export function zshScript(commands: readonly CompletedCommand[], labsDirectory: string): string {
  const functions = commands.map((command) =>
    command.members.length > 0 ? groupFunction(command) : plainFunction(command),
  );
  return `#compdef gitops-lab
# Completion of gitops-lab for zsh.

_gitops_lab_labs() { compadd "$@" - ${quoted(labsDirectory)}/*(N/:t) }

_gitops_lab_names_or_files() {
  compadd "$@"
  _files
}

${ofScenarioFunction(commands)}

${functions.join('\n\n')}

# Read by compinit, this file is the function itself; read by source, it registers it.
if [[ $funcstack[1] == _gitops-lab ]]; then
  _gitops_lab "$@"
else
  compdef _gitops_lab gitops-lab
fi
`;
}
