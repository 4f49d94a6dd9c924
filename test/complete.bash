# Prints what bash offers behind each of the command lines, once it has read SCRIPT.
# Usage: bash complete.bash SCRIPT LINE...
source "$1"
shift
[[ $(complete -p gitops-lab) == 'complete -F _gitops_lab gitops-lab' ]] || exit 1
# Bash has it only while a key is pressed.
compopt() { :; }
for typed; do
  read -ra COMP_WORDS <<<"$typed"
  [[ $typed == *' ' ]] && COMP_WORDS+=('')
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
  _gitops_lab
  echo "${COMPREPLY[*]}"
done
