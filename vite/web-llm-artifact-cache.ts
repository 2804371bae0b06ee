/**
 * Lets WebLLM's `appConfig` carry the app's own artifact cache. WebLLM's runtime accepts one
 * (`createArtifactCache(scope, { artifactCache })`), but WebLLM 0.2.86 does not pass it on. The change is two
 * lines in one function, fit for upstream; a WebLLM without that function fails the build. See
 * docs/decisions/0004-weights.md.
 */
import type { Plugin } from 'vite';

const published = `    if (appConfig.opfsAccessMode !== undefined) {
        options.opfsAccessMode = appConfig.opfsAccessMode;
    }
    return options;`;

const changed = `    if (appConfig.artifactCache !== undefined) {
        options.artifactCache = appConfig.artifactCache;
    }
${published}`;

export function webLlmArtifactCache(): Plugin {
  return {
    name: 'corral-web-llm-artifact-cache',
    transform(code, id) {
      if (!id.includes('@mlc-ai/web-llm/lib/index.js')) return null;
      if (code.split(published).length !== 2) {
        this.error('WebLLM has changed: vite/web-llm-artifact-cache.ts no longer finds its place.');
      }
      return { code: code.replace(published, changed), map: null };
    },
  };
}
