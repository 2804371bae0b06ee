/** Entry of the GPU engine's worker; separate, because WebLLM is 6 MB of JavaScript. */
import { serveEngine } from './engine-entry';
import { WebLlmEngine } from './engines/webllm';

serveEngine((onLost) => new WebLlmEngine(onLost));
