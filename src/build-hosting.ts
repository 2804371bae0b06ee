/** What was said of this site when it was built; for the composition roots. */
import type { ModelPins } from './core/models/model-pins';
import type { ModelsOptions } from './stores/models/models-options';

export const hosting: Pick<ModelsOptions, 'site' | 'modelHosts'> = {
  site: {
    baseUrl: new URL(import.meta.env.BASE_URL, location.href).href,
    mirror: import.meta.env['MODEL_MIRROR'] as string,
    pins: import.meta.env['MODEL_PINS'] as ModelPins,
  },
  modelHosts: import.meta.env['MODEL_HOSTS'] as readonly string[],
};
