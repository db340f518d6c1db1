import type { Estate } from "../../data/estate";
import type { Route } from "../route";

export interface View {
  readonly title: string;
  readonly element: HTMLElement;
  /** Before and after the page is printed. */
  readonly drawWhole?: (isWhole: boolean) => void;
}

export type ViewOf = (estate: Estate, route: Route) => View;
