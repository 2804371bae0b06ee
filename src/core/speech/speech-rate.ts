/** How fast answers are read aloud; 1 is the voice's own speed. */
export const speechRates = [0.75, 1, 1.25, 1.5, 2] as const;
export type SpeechRate = (typeof speechRates)[number];

/** Reads a stored rate; an unknown value becomes 1. */
export const readSpeechRate = (value: unknown): SpeechRate =>
  speechRates.find((one) => one === Number(value)) ?? 1;
