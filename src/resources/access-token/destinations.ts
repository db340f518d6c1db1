import {
  CiVariable,
  DeliveryCommand,
  TokenFile,
  VaultSecret,
  type Delivered,
  type Destination,
} from "../../destinations";
import { parseTimeout } from "../../model";
import { holdsUnknown, isUnknown, type Unknown } from "../../provider/contract";
import type { Context } from "../shared/context";
import { containerSpelling } from "../shared/container-attributes";
import type { DeliveryState } from "./delivery-schema";
import type { DestinationMemory, TokenMemory } from "./private-state";
import type { AccessTokenState } from "./schema";

export interface PlacedDestination {
  readonly destination: Destination;
  /** Number of the project or group of a CI/CD variable. */
  readonly containerId: number | null;
  readonly keepOnDestroy: boolean;
  /** Whether the generation before was delivered there too. */
  readonly deliveredBefore: boolean;
  /** Whether the last delivery there failed, so that it may hold an older value. */
  readonly failedBefore: boolean;
}

type CiVariableState = NonNullable<DeliveryState["ci_variable"]>;

/** The destination that an entry of `deliver_to` names. Its container's number is asked for once, then remembered. */
export async function placeDestination(
  entry: DeliveryState,
  memory: DestinationMemory | undefined,
  context: Context,
): Promise<PlacedDestination> {
  const before = {
    deliveredBefore: memory?.delivered ?? false,
    failedBefore: (memory?.failed ?? null) !== null,
  };
  if (entry.ci_variable !== null) {
    const containerId = memory?.containerId ?? (await containerIdOf(entry.ci_variable, context));
    const keepOnDestroy = entry.ci_variable.on_destroy === "keep";
    const destination = ciVariable(entry.ci_variable, containerId, context);
    return { destination, containerId, keepOnDestroy, ...before };
  }
  const { destination, keepOnDestroy } = withoutContainer(entry, context);
  return { destination, containerId: null, keepOnDestroy, ...before };
}

async function containerIdOf(variable: CiVariableState, context: Context): Promise<number> {
  const spelling = containerSpelling(variable);
  if (spelling === undefined) throw new Error("a ci_variable names no project or group");
  return (await context.inventory.containers.resolve(spelling.kind, spelling.spelling)).id;
}

function ciVariable(variable: CiVariableState, id: number, context: Context): Destination {
  const kind = variable.group === null ? "project" : "group";
  return new CiVariable(
    context.gitlab,
    context.inventory,
    {
      container: { kind, id },
      key: variable.key,
      environmentScope: variable.environment_scope ?? "*",
    },
    {
      protected: variable.protected ?? false,
      masked: variable.masked ?? true,
      hidden: variable.hidden ?? false,
      raw: variable.raw ?? true,
      overwrite: variable.overwrite ?? false,
    },
  );
}

function withoutContainer(
  { file, vault, command }: DeliveryState,
  context: Context,
): Pick<PlacedDestination, "destination" | "keepOnDestroy"> {
  if (file !== null) {
    const { path, mode, overwrite, redeliver_missing: redeliverMissing } = file;
    const destination = new TokenFile({
      path,
      mode: mode ?? "0600",
      overwrite: overwrite ?? false,
      redeliverMissing: redeliverMissing ?? false,
    });
    return { destination, keepOnDestroy: file.on_destroy === "keep" };
  }
  if (vault !== null) {
    const destination = new VaultSecret({
      address: vault.address ?? undefined,
      namespace: vault.namespace ?? undefined,
      mount: vault.mount ?? "secret",
      path: vault.path,
      field: vault.field ?? "token",
      overwrite: vault.overwrite ?? false,
    });
    return { destination, keepOnDestroy: vault.on_destroy === "keep" };
  }
  if (command === null) throw new Error("an entry of deliver_to names no destination");
  const destination = new DeliveryCommand(
    {
      argv: command.argv,
      checkArgv: command.check_argv ?? undefined,
      removeArgv: command.remove_argv ?? undefined,
      timeoutMilliseconds: parseTimeout(command.timeout ?? ""),
    },
    context.gitlab.ownToken,
  );
  return { destination, keepOnDestroy: false };
}

type Written = { readonly [kind in keyof DeliveryState]: unknown };

/** False when another declaration of this run delivers there, under whatever name of the place. */
export function holdDestination(
  destination: Destination,
  holder: string,
  { claims }: Context,
): boolean {
  return namesOf(destination).every((name) => claims.holdDestination(name, holder));
}

/** Whether what is delivered to the one overwrites the other. */
export function isSamePlace(one: Destination, other: Destination): boolean {
  const names = namesOf(other);
  return namesOf(one).some((name) => names.includes(name));
}

function namesOf({ address, aliases = [] }: Destination): string[] {
  return [address, ...aliases];
}

/** What tells two entries apart: settings of a destination may change in place, this may not. */
export function identityOf(written: Written): string {
  return JSON.stringify(identityParts(written));
}

/** Whether an entry may turn out to be another destination than it was. */
export function identityIsOpen(written: Written | Unknown): boolean {
  if (isUnknown(written) || Object.values(written).some(isUnknown)) return true;
  return holdsUnknown(identityParts(written));
}

function identityParts(written: Written): unknown[] {
  const { ci_variable: variable, file, vault, command } = written as DeliveryState;
  if (variable !== null) {
    const { project, group, key, environment_scope: scope, hidden } = variable;
    return ["ci_variable", project, group, key, scope, hidden];
  }
  if (vault !== null) {
    const { address, namespace, mount, path, field } = vault;
    return ["vault", address, namespace, mount, path, field];
  }
  return command === null ? ["file", file?.path ?? null] : ["command", command.argv];
}

/** In the order of `deliver_to`. */
export function placeAll(
  wanted: AccessTokenState,
  prior: AccessTokenState | undefined,
  memory: TokenMemory | undefined,
  context: Context,
): Promise<PlacedDestination[]> {
  const before = (prior?.deliver_to ?? []).map(identityOf);
  return Promise.all(
    (wanted.deliver_to ?? []).map((entry) =>
      placeDestination(entry, memory?.destinations[before.indexOf(identityOf(entry))], context),
    ),
  );
}

/** Takes this declaration's values, whichever generation's, from the destinations that are no longer declared. */
export async function removeDropped(
  prior: AccessTokenState,
  wanted: Pick<AccessTokenState, "deliver_to">,
  memory: TokenMemory | undefined,
  context: Context,
): Promise<void> {
  const kept = new Set((wanted.deliver_to ?? []).map(identityOf));
  const present = { tokenId: prior.token_id ?? 0, fingerprint: prior.fingerprint };
  const older = Object.entries(memory?.fingerprints ?? {}).map(([tokenId, fingerprint]) => ({
    tokenId: Number(tokenId),
    fingerprint,
  }));
  for (const [at, entry] of (prior.deliver_to ?? []).entries()) {
    if (kept.has(identityOf(entry))) continue;
    const { destination, keepOnDestroy } = await placeDestination(
      entry,
      memory?.destinations[at],
      context,
    );
    if (keepOnDestroy) continue;
    await context.claims.exclusively(destination.address, async () => {
      await destination.remove(present);
      for (const delivered of older) await removeIfHeld(destination, delivered);
    });
  }
}

/** A round of deliveries that broke off may have left an older value there. */
async function removeIfHeld(destination: Destination, delivered: Delivered): Promise<void> {
  const { kind } = await destination.observe(delivered);
  if (kind === "unchanged" || kind === "settings_changed") await destination.remove(delivered);
}
