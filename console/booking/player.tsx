import { useEffect, useRef, useState } from 'preact/hooks';
import { useWords } from '../language/language.ts';
import { place } from '../language/times.ts';
import type { Listening } from './listening.ts';

const SPEEDS = [1, 1.25, 1.5, 2];

interface Playing {
  url: string;
  listening: Pick<Listening, 'audio' | 'onTime' | 'onPlaying' | 'onBusiness'>;
}

/** The recording: waveform, and controls that a keyboard and a screen reader can use. */
export function Player({ url, listening }: Playing) {
  const words = useWords();
  const { audio, onTime, onPlaying, onBusiness } = listening;
  const box = useRef<HTMLDivElement>(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(0);
  const [broken, setBroken] = useState(false);

  useEffect(() => {
    let gone = false;
    let clear: (() => void) | undefined;
    const draw = async () => {
      const [{ drawWaveform }, sound] = await Promise.all([
        import('./waveform.ts'),
        fetch(url).then((answer) => answer.arrayBuffer()),
      ]);
      if (gone || !box.current || !audio.current) return;
      const drawn = await drawWaveform(box.current, audio.current, sound);
      clear = drawn.clear;
      if (gone) clear();
      else if (drawn.business) onBusiness(drawn.business);
    };
    // Without the waveform the recording can still be played.
    draw().catch(() => {});
    return () => {
      gone = true;
      clear?.();
    };
  }, [url, audio, onBusiness]);

  const toggle = () => {
    const element = audio.current!;
    if (element.paused) element.play().catch(() => setBroken(true));
    else element.pause();
  };
  const plays = (now: boolean) => {
    setPlaying(now);
    onPlaying(now);
  };
  const moved = (element: HTMLAudioElement) => {
    setAt(element.currentTime);
    onTime(element.currentTime);
  };
  return (
    <div class="player">
      {/* biome-ignore lint/a11y/useMediaCaption: the transcript beside it follows the sound */}
      <audio
        ref={audio}
        src={url}
        preload="metadata"
        onPlay={() => plays(true)}
        onPause={() => plays(false)}
        onTimeUpdate={(event) => moved(event.currentTarget)}
        onSeeked={(event) => moved(event.currentTarget)}
        onDurationChange={(event) => setLength(event.currentTarget.duration)}
        onError={() => setBroken(true)}
      />
      <div ref={box} class="wave" aria-hidden="true" />
      <div class="controls">
        <button type="button" class="play" aria-pressed={playing} onClick={toggle}>
          {playing ? words.player.pause : words.player.play}
        </button>
        <input
          type="range"
          min={0}
          max={length || 1}
          step={0.1}
          value={at}
          aria-label={words.player.seek}
          aria-valuetext={`${place(at)} / ${place(length)}`}
          onInput={(event) => {
            audio.current!.currentTime = Number(event.currentTarget.value);
          }}
        />
        <span class="time">
          {place(at)} / {place(length)}
        </span>
        <label>
          <span class="unseen">{words.player.speed}</span>
          <select
            onChange={(event) => {
              audio.current!.playbackRate = Number(event.currentTarget.value);
            }}
          >
            {SPEEDS.map((speed) => (
              <option key={speed} value={speed}>
                {speed}×
              </option>
            ))}
          </select>
        </label>
        <a href={url} download>
          {words.player.download}
        </a>
      </div>
      {broken && (
        <p class="problem" role="alert">
          {words.player.failed}
        </p>
      )}
    </div>
  );
}
