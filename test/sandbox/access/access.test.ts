import { useSandbox } from "../../../src/sandbox";
import { routes } from "../../../src/sandbox/api/registry";
import { routeName } from "../../../src/sandbox/http/route";
import { callers, roles, type AccessRule, type Caller, type Role } from "./rule";
import { accessRules } from "./rules";
import { createWorld, type World } from "./world";

const gitlab = useSandbox({ now: "2026-06-01T12:00:00Z", version: "19.4" });

let world: World;

beforeEach(async () => {
  world = await createWorld(gitlab);
});

/** The header that carries a caller's token. */
const headerOf = (caller: Caller) =>
  caller === "job" ? "JOB-TOKEN" : caller === "deploy" ? "DEPLOY-TOKEN" : "PRIVATE-TOKEN";

/** Routes that take the token of a job from its header. */
const takesJobs = new Set(
  routes.filter(({ jobToken }) => jobToken?.includes("request")).map(routeName),
);

const isRead = ({ route }: AccessRule) => route.startsWith("GET ");
/** A request without an effect of its own, though its method could have one. */
const withoutEffect = new Set([
  "POST /users/:id/unblock",
  "POST /users/:id/activate",
  "POST /projects/:id/unarchive",
  "POST /api/graphql",
  "DELETE /projects/:id/terraform/state/:name/lock",
]);

/** The status for a caller; undefined for any of success. */
function expected(rule: AccessRule, caller: Caller): number | undefined {
  const { audience, refusal, except, route } = rule;
  const exception = except[caller];
  if (exception !== undefined) return exception < 300 ? undefined : exception;
  if (caller === "anonymous" || caller === "deploy") return 401;
  if (caller === "job" && !takesJobs.has(route)) return 401;
  if (caller === "reader" && !isRead(rule)) return 403;
  if (caller === "administrator" || audience === "all") return undefined;
  if (audience === "administrators") return refusal;
  const isInside = !["stranger", "minimal", "account"].includes(caller);
  const seesProject = isInside && caller !== "below";
  const isSeen = route.includes("/projects/:id") ? seesProject : isInside;
  if (!isSeen) return except.stranger ?? 404;
  const actors: Partial<Record<Caller, Role>> = { reader: "owner", bot: "owner", job: "developer" };
  const role = actors[caller] ?? (caller as Role);
  return roles.indexOf(role) >= roles.indexOf(audience) ? undefined : refusal;
}

function pathOf(route: string): string {
  const pattern = route.slice(route.indexOf(" ") + 1);
  const values = world.places.find(({ prefix }) => pattern.startsWith(prefix))?.values ?? {};
  const path = pattern.replace(/:(\w+)/g, (_, name: string) => String(values[name]));
  return path.startsWith("/api/") ? path : `/api/v4${path}`;
}

async function statusFor(rule: AccessRule, caller: Caller): Promise<number> {
  const [method] = rule.route.split(" ");
  const token = world.tokens[caller];
  const body = rule.body && JSON.stringify(rule.body(world));
  const response = await fetch(gitlab.url + pathOf(rule.route), {
    method,
    headers: {
      ...(token === undefined ? {} : { [headerOf(caller)]: token }),
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
    },
    body,
  });
  await response.arrayBuffer();
  return response.status;
}

const traces = new Set([
  "updated_at",
  "now",
  "last_used_at",
  "last_used_ips",
  "ips_recorded_at",
  "last_activity_on",
]);

/** All that is known, apart from the mere use of tokens. */
function content(): string {
  return JSON.stringify(gitlab.control.state(), (key, value: unknown) =>
    traces.has(key) ? undefined : value,
  );
}

test("every route has a rule, and every rule is a route's", () => {
  const ruled = new Set(accessRules.map(({ route }) => route));
  const served = new Set(routes.map(routeName));
  expect([...served].filter((name) => !ruled.has(name))).toEqual([]);
  expect([...ruled].filter((name) => !served.has(name))).toEqual([]);
});

test("every caller is answered as the rules say, and changes nothing without the right", async () => {
  const wrong: string[] = [];
  for (const rule of accessRules) {
    for (const caller of callers) {
      gitlab.control.loadState(world.state);
      const before = content();
      const status = await statusFor(rule, caller);
      const wanted = expected(rule, caller);
      const isRight = wanted === undefined ? status < 300 : status === wanted;
      const isChanged = content() !== before;
      const shouldChange = wanted === undefined && !isRead(rule) && !withoutEffect.has(rule.route);
      if (isRight && isChanged === shouldChange) continue;
      const effect = isChanged ? "with an effect" : "without effect";
      wrong.push(`${rule.route} by ${caller}: ${status} ${effect}, not ${wanted ?? "success"}`);
    }
  }
  expect(wrong).toEqual([]);
});
