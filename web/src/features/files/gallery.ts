/** So many pictures are shown of a message; the last one says how many more there are. */
const SHOWN = 5;

export function galleryOf<Item>(pictures: readonly Item[]): { readonly shown: readonly Item[]; readonly more: number } {
  return { shown: pictures.slice(0, SHOWN), more: Math.max(0, pictures.length - SHOWN) };
}
