# Presses Tab and Enter behind each of the command lines in a zsh that has read SCRIPT, and prints the words that came of it.
# Usage: zsh -f complete.zsh SCRIPT LINE...
zmodload zsh/zpty
script=$1
shift
zpty shell zsh -f -i
# What is waited for is written otherwise than it is printed, for the terminal echoes it.
zpty -w shell "PS1=''; autoload -U compinit; compinit -u -D; source ${(q)script}; gitops-lab() { print -r -- GO\"T: \$*;\" }; print REA\"DY\""
zpty -r -m shell line '*READY*'
for typed; do
  zpty -w -n shell "$typed"$'\t\r'
  zpty -r -m shell line '*GOT: *;*'
  print -r -- "${${line##*GOT: }%%;*}"
done
zpty -d shell
