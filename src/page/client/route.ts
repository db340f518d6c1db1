/** The view and its settings, all in the address, so that it can be shared and the browser's history works. */
export interface Route {
  readonly view: string;
  readonly settings: Settings;
}

export type Settings = Readonly<Record<string, string>>;

export function currentRoute(): Route {
  const [view = "", query = ""] = location.hash.slice(1).split("?", 2);
  return { view, settings: Object.fromEntries(new URLSearchParams(query)) };
}

export function hashOf(view: string, settings: Settings = {}): string {
  const query = new URLSearchParams(Object.entries(settings).filter(([, value]) => value !== ""));
  return query.size === 0 ? `#${view}` : `#${view}?${query}`;
}

/** Keeps a change of settings in the address without a new entry in the history. */
export function keepRoute({ view, settings }: Route): void {
  history.replaceState(null, "", hashOf(view, settings));
}
