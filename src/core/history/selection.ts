/** The selected chats of the list, for an action on all of them. */

export interface Selected {
  readonly ids: ReadonlySet<string>;
  /** The start of a range: the chat that was changed last. */
  readonly anchorId: string | null;
}

export const noneSelected: Selected = { ids: new Set(), anchorId: null };

/** Selects or deselects the chat. */
export function toggled({ ids }: Selected, id: string): Selected {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, anchorId: id };
}

/**
 * Toggles this chat and gives all chats between it and the anchor the same state. `order` lists the ids in the order of
 * the list. If the anchor is not in it, only this chat changes.
 */
export function rangeToggled(selected: Selected, id: string, order: readonly string[]): Selected {
  const from = selected.anchorId === null ? -1 : order.indexOf(selected.anchorId);
  const to = order.indexOf(id);
  if (from < 0 || to < 0) return toggled(selected, id);
  const range = order.slice(Math.min(from, to), Math.max(from, to) + 1);
  const ids = new Set(selected.ids);
  const isOn = !ids.has(id);
  for (const one of range) {
    if (isOn) ids.add(one);
    else ids.delete(one);
  }
  return { ids, anchorId: id };
}

/** Selects all shown chats, or none of them if all are selected already. */
export function allToggled({ ids }: Selected, shown: readonly string[]): Selected {
  const all = new Set(shown);
  const others = [...ids].filter((id) => !all.has(id));
  return { ids: new Set(areAll(ids, shown) ? others : [...ids, ...shown]), anchorId: null };
}

export const areAll = (ids: ReadonlySet<string>, shown: readonly string[]): boolean =>
  shown.length > 0 && shown.every((id) => ids.has(id));

/** Without the chats that no longer exist. */
export function present(selected: Selected, stored: readonly { readonly id: string }[]): Selected {
  const here = new Set(stored.map(({ id }) => id));
  const ids = new Set([...selected.ids].filter((id) => here.has(id)));
  return ids.size === selected.ids.size ? selected : { ...selected, ids };
}
