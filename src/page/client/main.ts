import { Estate } from "../data/estate";
import type { EstateData } from "../data/estate-data";
import { h, replaceChildren } from "./dom";
import { currentRoute } from "./route";
import { counted } from "./words";
import { accessView } from "./views/access";
import { accountView } from "./views/account";
import { accountsView } from "./views/accounts";
import { coverageView } from "./views/coverage";
import { findingsView } from "./views/findings";
import { tokensView } from "./views/tokens";
import type { View, ViewOf } from "./views/view";

const VIEWS: Readonly<Record<string, { readonly title: string; readonly of: ViewOf }>> = {
  findings: { title: "Findings", of: findingsView },
  accounts: { title: "Accounts", of: accountsView },
  access: { title: "Access", of: accessView },
  tokens: { title: "Tokens", of: tokensView },
  coverage: { title: "Coverage", of: coverageView },
};
const FIRST = "findings";

const estate = new Estate(JSON.parse(element("data").textContent ?? "") as EstateData);
const title = document.title;
let view: View | undefined;

function show(isFirst: boolean): void {
  const route = currentRoute();
  const [, id] = /^account\/(\d+)$/.exec(route.view) ?? [];
  const name = id === undefined && route.view in VIEWS ? route.view : FIRST;
  view =
    id === undefined
      ? VIEWS[name]?.of(estate, { ...route, view: name })
      : accountView(estate, Number(id));
  if (view === undefined) return;
  drawNavigation(id === undefined ? name : "accounts");
  const heading = h("h2", { tabindex: -1, id: "view" }, h("bdi", {}, view.title));
  const main = element("main");
  main.setAttribute("aria-labelledby", "view");
  replaceChildren(main, heading, view.element);
  document.title = `${view.title} – ${title}`;
  if (isFirst) return;
  window.scrollTo({ top: Math.min(window.scrollY, element("views").offsetTop) });
  heading.focus({ preventScroll: true });
}

function drawNavigation(current: string): void {
  const open = estate.findings.filter(({ status }) => status === "open").length;
  const missing = estate.gaps.filter(({ isExpected }) => !isExpected).length;
  const notes: Readonly<Record<string, string>> = {
    findings: ` ${open}`,
    accounts: ` ${estate.accounts.length}`,
    coverage: missing === 0 ? "" : ` ${counted(missing, "gap")}`,
  };
  replaceChildren(
    element("views"),
    h(
      "ul",
      {},
      Object.entries(VIEWS).map(([name, each]) =>
        h(
          "li",
          {},
          h(
            "a",
            { href: `#${name}`, "aria-current": name === current ? "page" : null },
            each.title,
            h("span", { class: "faint" }, notes[name] ?? ""),
          ),
        ),
      ),
    ),
  );
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no #${id}.`);
  return found;
}

window.addEventListener("hashchange", () => {
  // The skip link is not a view.
  if (location.hash !== "#main") show(false);
});
window.addEventListener("beforeprint", () => view?.drawWhole?.(true));
window.addEventListener("afterprint", () => view?.drawWhole?.(false));
show(true);
