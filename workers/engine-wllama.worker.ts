/** Entry of the CPU engine's worker. */
import { serveEngine } from './engine-entry';
import { WllamaEngine } from './engines/wllama';

serveEngine((onLost) => new WllamaEngine(onLost));
