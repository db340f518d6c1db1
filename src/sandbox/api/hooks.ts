import { accessLevels } from "../auth/access";
import { pageParams, paginate } from "../http/pagination";
import { route, type Route } from "../http/route";
import type { SourceType } from "../state/rows";
import { findSource, requireRole } from "./find";

/** Webhooks, of which there are none: nothing here sends requests. */
export function hookRoutes(type: SourceType): Route[] {
  return [
    route({
      method: "GET",
      path: `/${type}s/:id/hooks`,
      params: pageParams,
      handle(call, params) {
        const level = type === "group" ? accessLevels.owner : accessLevels.maintainer;
        requireRole(call, findSource(call, type), level);
        return paginate(call, params, [], () => undefined);
      },
    }),
  ];
}
