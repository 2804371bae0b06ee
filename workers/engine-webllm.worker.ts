/** Entry of the GPU engine's worker; WebLLM alone is 6 MB of JavaScript, so it has one of its own. */
import { serveEngine } from './engine-entry';
import { WebLlmEngine } from './engines/webllm';

serveEngine((onLost) => new WebLlmEngine(onLost));
