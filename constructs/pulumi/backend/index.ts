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
 * From this call on, declarations that name no provider become resources of the official GitLab provider (the package
 * `gitlab`). Call it once, before the first declaration.
 * @param provider such as `new gitlab.Provider(...)`; by default the engine's default provider, which the stack's
 * `gitlab:*` settings configure
 * @throws InvalidDeclarationError for another provider, and if a GlsaProvider without alias or a declaration came first
 */
export function useOfficialProvider(provider?: ProviderResource): void {
  const path = "useOfficialProvider";
  if (provider !== undefined && backendOf(path, provider) !== OFFICIAL) {
    throw new InvalidDeclarationError(
      path,
      at("provider", {
        code: "not-official-provider",
        summary: "Not the official provider",
        detail: `It must be a provider of the package gitlab; got a ${resourceType(provider)}. Pass new gitlab.Provider(...), or nothing.`,
      }),
    );
  }
  Program.current().useOfficial({ provider });
}

/**
 * The backend for what is declared at a path: that of its provider, or else of the program's.
 * @throws InvalidDeclarationError if the provider manages no service accounts
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
      summary: "The provider manages no service accounts",
      detail: `The provider must be a GlsaProvider or the official provider of the package gitlab; got a ${type}. Pass one of them, or leave it out.`,
    }),
  );
}
