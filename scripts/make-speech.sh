#!/bin/sh
# Records the lines of sandbox/talk/lines.ts that have no file yet in sandbox/speech; delete a file to have it recorded anew.
# Needs espeak-ng and sox; not needed to run anything.
set -eu
cd "$(dirname "$0")/.."
out=sandbox/speech
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
node --input-type=module -e '
  import { CLIPS } from "./sandbox/talk/lines.ts";
  for (const c of CLIPS) console.log([c.language, c.speaker, c.name, c.text].join("\t"));
' >"$work/clips.tsv"
tab=$(printf '\t')
while IFS="$tab" read -r language speaker name text; do
  file="$out/$language/$speaker-$name.wav"
  [ -f "$file" ] && continue
  case $language in
    es) accent=es-419 ;;
    en) accent=en-us ;;
  esac
  case $speaker in
    agent) voice="$accent+m3" pitch=38 speed=228 ;;
    business) voice="$accent+f2" pitch=72 speed=215 ;;
  esac
  espeak-ng -v "$voice" -p "$pitch" -s "$speed" -w "$work/raw.wav" -- "$text" </dev/null
  # Silence off both ends, pauses inside at most 0.15 s: a pause must not be taken for the end of a turn.
  sox "$work/raw.wav" -r 8000 -c 1 "$work/8k.wav" gain -6 highpass 150 compand 0.005,0.1 -60,-60,-30,-18,-12,-6,0,-3 norm -2
  sox "$work/8k.wav" "$work/head.wav" silence -l 1 0.01 0.6% -1 0.15 0.6%
  sox "$work/head.wav" "$work/tail.wav" reverse silence 1 0.01 0.6% reverse
  sox -D "$work/tail.wav" -e u-law "$file"
done <"$work/clips.tsv"
du -cb "$out"/*/*.wav | tail -1
