// The model that a site asks for: one of the catalogue, without revealing what the visitor has.
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../src/core/models/catalogue';
import { builtInModel } from '../../../src/core/models/built-in';
import type { CurrentSettings } from '../../../src/stores/chat/current-settings.svelte';
import type { Models } from '../../../src/stores/models/models.svelte';
import { Widget } from '../../../src/stores/embed/widget.svelte';

const own = { ...builtInModel, id: 'own-1', name: 'secret' };

function make(model?: string) {
  const chosen: string[] = [];
  const models = {
    list: [...catalogue, own],
    chosen: own,
    choice: null,
    licences: { asking: null },
    incompatibilityOf: () => null,
    choose: async ({ id }: { id: string }) => void chosen.push(id),
  };
  const widget = new Widget({
    origin: 'https://site.test',
    options: { mode: 'inline', name: 'a', ...(model === undefined ? {} : { model }) },
    chatSettings: {} as CurrentSettings,
    models: models as unknown as Models,
  });
  return { widget, chosen };
}

describe('the model of a site', () => {
  it('is reported with the site’s name for it, not with the visitor’s', () => {
    expect(make().widget.wantedModel).toBe(builtInModel.id);
    expect(make('auto').widget.wantedModel).toBe('auto');
    expect(make(catalogue.at(-1)!.id).widget.wantedModel).toBe(catalogue.at(-1)!.id);
    for (const name of ['own-1', 'no-such', '']) {
      expect(make(name).widget.wantedModel).toBe(builtInModel.id);
    }
  });

  it('is never one that the visitor added, which is treated as unknown', async () => {
    const { widget, chosen } = make();
    for (const name of ['own-1', 'no-such']) {
      await expect(widget.chooseModel(name)).rejects.toMatchObject({ code: 'no-such-model' });
    }
    await widget.chooseModel(builtInModel.id);
    expect(chosen).toEqual([builtInModel.id]);
  });
});
