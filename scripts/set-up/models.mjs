// Provides the models that come with the app.
import { fetchBuiltInModel } from './built-in-model.mjs';
import { copyCria } from './cria.mjs';

/** Puts them into public/models/ for the next build. */
export async function provideModels() {
  await fetchBuiltInModel();
  await copyCria();
}
