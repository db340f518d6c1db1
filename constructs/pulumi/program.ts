import { resourceName, runtime, type ProviderResource } from "@pulumi/pulumi";
import { at, InvalidDeclarationError, lowerThanInherited, type DeclaredMembership } from "../words";

const programs = new WeakMap<object, Program>();
const OUTSIDE = {};

/** The official provider was chosen: this one, or the engine's default. */
interface OfficialChoice {
  readonly provider?: ProviderResource;
}

/** What one run of a program has declared so far. One process may run several programs, for several stacks. */
export class Program {
  static current(): Program {
    const key = runtime.getStackResource() ?? OUTSIDE;
    const program = programs.get(key) ?? new Program();
    programs.set(key, program);
    return program;
  }

  private mainProvider?: ProviderResource;
  private official?: OfficialChoice;
  /** The first declaration that named no provider and therefore uses glsa's. */
  private undecided?: string;
  private readonly objects = new Map<string, string>();
  private readonly destinations = new Map<string, string>();
  private readonly memberships: DeclaredMembership[] = [];

  private constructor() {}

  /** The provider for resources of a type that name no provider and inherit none. */
  providerFor(type: string): ProviderResource | undefined {
    return type.startsWith("glsa:") ? this.mainProvider : this.official?.provider;
  }

  /** @throws InvalidDeclarationError if the program already has a provider */
  useOfficial(choice: OfficialChoice): void {
    const earlier =
      this.mainProvider === undefined ? this.undecided : resourceName(this.mainProvider);
    if (earlier !== undefined) throw bothProviders("useOfficialProvider", earlier);
    this.official = choice;
  }

  /** The official provider for declarations that name none, if the program chose it. */
  chooseOfficial(path: string): OfficialChoice | undefined {
    if (this.official === undefined) this.undecided ??= path;
    return this.official;
  }

  addProvider(provider: ProviderResource, path: string): void {
    if (this.official !== undefined) throw bothProviders(path, "useOfficialProvider");
    if (this.mainProvider !== undefined) {
      const detail =
        "Only one provider of a program can be the default; got a second. Give it an alias.";
      throw new InvalidDeclarationError(
        path,
        at("alias", {
          code: "repeated-provider",
          summary: "Two providers without an alias",
          detail,
        }),
      );
    }
    this.mainProvider = provider;
  }

  /** @param object type and name, equal for two declarations of one object */
  addObject(object: string, path: string, property: string): void {
    const earlier = this.objects.get(object);
    if (earlier !== undefined) {
      const detail = `This and ${earlier} are both ${object}. Keep one of them, or give one another username, token name, group or project.`;
      throw new InvalidDeclarationError(
        path,
        at(property, { code: "two-addresses", summary: "The object is declared twice", detail }),
      );
    }
    this.objects.set(object, path);
  }

  /**
   * @throws InvalidDeclarationError for a role below the one that the account inherits, in either order of declaration
   */
  addMembership(membership: DeclaredMembership): void {
    this.memberships.push(membership);
    const [problem] = lowerThanInherited(this.memberships);
    if (problem === undefined) return;
    const { path, detail } = problem;
    throw new InvalidDeclarationError(
      path,
      at("role", { code: "inherited-role", summary: "Lower than an inherited role", detail }),
    );
  }

  /** @param label equal for two destinations of which one would overwrite the other */
  addDelivery(label: string, path: string, property: string): void {
    const earlier = this.destinations.get(label);
    if (earlier !== undefined && earlier !== path) {
      const detail = `This and ${earlier} both deliver to ${label}: one would overwrite the other. Give each token a destination of its own.`;
      throw new InvalidDeclarationError(
        path,
        at(property, {
          code: "shared-destination",
          summary: "Two tokens have one destination",
          detail,
        }),
      );
    }
    this.destinations.set(label, path);
  }
}

function bothProviders(path: string, earlier: string): InvalidDeclarationError {
  const detail = `A declaration that names no provider uses one of them; ${earlier} came first and uses the other. Call useOfficialProvider before everything else and declare no GlsaProvider, or give the GlsaProvider an alias and pass it as provider.`;
  return new InvalidDeclarationError(
    path,
    at("provider", {
      code: "mixed-providers",
      summary: "glsa's provider and the official one in one program",
      detail,
    }),
  );
}
