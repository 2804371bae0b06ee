/** Matches a regular expression, where it may take as long as it likes: the page ends this worker. */
import type { PatternRequest } from '../src/protocol/pattern';

declare const self: DedicatedWorkerGlobalScope;

self.onmessage = ({ data }: MessageEvent<PatternRequest>) => {
  const pattern = new RegExp(data.source, 'u');
  self.postMessage(pattern.test(data.text));
};
