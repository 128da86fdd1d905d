import { Histogram, type Registry } from 'prom-client';

const NAME = 'vocero_first_words_seconds';

/** The histogram in this registry, which a bridge and the API share where they run in one process. */
export const firstWordsHistogram = (register: Registry): Histogram<'media'> =>
  (register.getSingleMetric(NAME) as Histogram<'media'> | undefined) ??
  new Histogram({
    name: NAME,
    help: 'From the answer to the agent’s first words, by the side that carries the audio',
    labelNames: ['media'],
    buckets: [0.25, 0.5, 1, 1.5, 2, 3, 5, 10],
    registers: [register],
  });
