#!/bin/sh
# Records sandbox/speech/*.wav from sandbox/talk/lines.ts. Needs espeak-ng and sox; not needed to run anything.
set -eu
cd "$(dirname "$0")/.."
out=sandbox/speech
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rm -f "$out"/*.wav
node --input-type=module -e '
  import { CLIPS } from "./sandbox/talk/lines.ts";
  for (const c of CLIPS) console.log([c.speaker, c.name, c.es].join("\t"));
' >"$work/clips.tsv"
tab=$(printf '\t')
while IFS="$tab" read -r speaker name text; do
  case $speaker in
    agent) voice='es-419+m3' pitch=38 speed=228 ;;
    business) voice='es-419+f2' pitch=72 speed=215 ;;
  esac
  espeak-ng -v "$voice" -p "$pitch" -s "$speed" -w "$work/raw.wav" -- "$text" </dev/null
  # Silence off both ends, pauses inside at most 0.15 s: a pause must not be taken for the end of a turn.
  sox "$work/raw.wav" -r 8000 -c 1 "$work/8k.wav" gain -6 highpass 150 compand 0.005,0.1 -60,-60,-30,-18,-12,-6,0,-3 norm -2
  sox "$work/8k.wav" "$work/head.wav" silence -l 1 0.01 0.6% -1 0.15 0.6%
  sox "$work/head.wav" "$work/tail.wav" reverse silence 1 0.01 0.6% reverse
  sox -D "$work/tail.wav" -e u-law "$out/$speaker-$name.wav"
done <"$work/clips.tsv"
du -cb "$out"/*.wav | tail -1
