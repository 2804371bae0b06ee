// The models that come with the app.
import { fetchBuiltInModel } from './built-in-model.mjs';
import { copyCria } from './cria.mjs';

/** After it, public/models/ has them, and the next build takes them along. */
export async function provideModels() {
  await fetchBuiltInModel();
  await copyCria();
}
