import { resourceType, type ProviderResource } from "@pulumi/pulumi";
import { at, InvalidDeclarationError } from "../../words";
import { Program } from "../program";
import type { Backend } from "./backend";
import { GlsaBackend } from "./glsa";
import { OfficialBackend } from "./official";

export type {
  AccountObject,
  Backend,
  FoundAccount,
  MembershipObject,
  TokenObject,
} from "./backend";

const GLSA = new GlsaBackend();
const OFFICIAL = new OfficialBackend();

const BACKENDS: Readonly<Record<string, Backend>> = {
  "pulumi:providers:glsa": GLSA,
  "pulumi:providers:gitlab": OFFICIAL,
};

/**
 * From here on, what names no provider becomes resources of the official GitLab provider (the package `gitlab`). Call
 * it once, before anything is declared.
 * @param provider such as `new gitlab.Provider(...)`; left out, the engine's default, which the stack's `gitlab:*`
 *   configure
 * @throws InvalidDeclarationError for another provider, and where a GlsaProvider without alias or a declaration came
 *   before
 */
export function useOfficialProvider(provider?: ProviderResource): void {
  const path = "useOfficialProvider";
  if (provider !== undefined && backendOf(path, provider) !== OFFICIAL) {
    throw new InvalidDeclarationError(
      path,
      at("provider", {
        code: "not-official-provider",
        summary: "It is not the official provider",
        detail: `It must be one of the package gitlab; got a ${resourceType(provider)}. Pass new gitlab.Provider(...), or nothing.`,
      }),
    );
  }
  Program.current().useOfficial({ provider });
}

/**
 * The backend of what is declared at a path: its provider's, or else the program's.
 * @throws InvalidDeclarationError for a provider that manages something else
 */
export function backendOf(path: string, provider: ProviderResource | undefined): Backend {
  if (provider === undefined) {
    return Program.current().chooseOfficial(path) === undefined ? GLSA : OFFICIAL;
  }
  const type = resourceType(provider);
  const backend = BACKENDS[type];
  if (backend !== undefined) return backend;
  throw new InvalidDeclarationError(
    path,
    at("provider", {
      code: "other-provider",
      summary: "It manages no service accounts",
      detail: `It must be a GlsaProvider or the official provider of the package gitlab; got a ${type}. Pass one of them, or leave it out.`,
    }),
  );
}
