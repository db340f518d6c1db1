import type { PicturedContainer } from "../estate";
import { pathWord } from "../model";
import type {
  DeclaredAccount,
  DeclaredContainer,
  DeclaredMembership,
  DeclaredToken,
  DeclaredVariable,
  Declarations,
} from "../review";
import type { Declared } from "./finding";

/** What a state or plan declares, and where it comes from. */
export interface State {
  /** A path or address, without credentials. */
  readonly name: string;
  readonly declarations: Declarations;
}

/** A declaration and the state that has it. */
export interface In<T> {
  readonly state: string;
  readonly of: T;
}

/** A variable and the token delivered to it. */
interface DeclaredDelivery extends DeclaredVariable {
  readonly address: string;
}

/** What all states together declare, by its identity on the instance. */
export class DeclaredEstate {
  private readonly accounts = new Map<number, In<DeclaredAccount>[]>();
  private readonly tokens = new Map<number, In<DeclaredToken>[]>();
  /** Tokens that a declared one has replaced. */
  private readonly replaced = new Map<number, In<DeclaredToken>[]>();
  private readonly memberships = new Map<string, In<DeclaredMembership>[]>();
  private readonly variables = new Map<string, In<DeclaredDelivery>[]>();

  constructor(readonly states: readonly State[]) {
    for (const { name: state, declarations } of states) this.addState(state, declarations);
  }

  get isGiven(): boolean {
    return this.states.length > 0;
  }

  accountsOf(userId: number): readonly In<DeclaredAccount>[] {
    return this.accounts.get(userId) ?? [];
  }

  /** Declarations whose current token it is. */
  tokensOf(tokenId: number): readonly In<DeclaredToken>[] {
    return this.tokens.get(tokenId) ?? [];
  }

  /** Declarations whose current or former token it is. */
  anyTokenOf(tokenId: number): readonly In<DeclaredToken>[] {
    return [...this.tokensOf(tokenId), ...(this.replaced.get(tokenId) ?? [])];
  }

  membershipsOf(userId: number, container: PicturedContainer): readonly In<DeclaredMembership>[] {
    return spellings(container).flatMap(
      (place) => this.memberships.get(`${userId} ${place}`) ?? [],
    );
  }

  variablesOf(
    container: PicturedContainer,
    key: string,
    environmentScope: string,
  ): readonly In<DeclaredDelivery>[] {
    return spellings(container).flatMap(
      (place) => this.variables.get(variableKey(place, key, environmentScope)) ?? [],
    );
  }

  allAccounts(): readonly (readonly In<DeclaredAccount>[])[] {
    return [...this.accounts.values()];
  }

  allTokens(): readonly (readonly In<DeclaredToken>[])[] {
    return [...this.tokens.values()];
  }

  allMemberships(): readonly In<DeclaredMembership>[] {
    return [...this.memberships.values()].flat();
  }

  allVariables(): readonly In<DeclaredDelivery>[] {
    return [...this.variables.values()].flat();
  }

  private addState(state: string, { accounts, tokens, memberships }: Declarations): void {
    for (const of of accounts) push(this.accounts, of.userId, { state, of });
    for (const of of tokens) {
      push(this.tokens, of.tokenId, { state, of });
      for (const other of of.others) push(this.replaced, other, { state, of });
      for (const variable of of.variables) {
        const delivery = { ...variable, address: of.address };
        const { key, environmentScope: scope } = variable;
        const place = spelling(variable.container);
        push(this.variables, variableKey(place, key, scope), { state, of: delivery });
      }
    }
    for (const of of memberships) {
      push(this.memberships, `${of.userId} ${spelling(of.container)}`, { state, of });
    }
  }
}

export function placesOf(all: readonly In<{ readonly address: string }>[]): Declared[] {
  return all.map(({ state, of: { address } }) => ({ state, address }));
}

function variableKey(place: string, key: string, environmentScope: string): string {
  return JSON.stringify([place, key, environmentScope]);
}

function spelling({ kind, id, path }: DeclaredContainer): string {
  return id === undefined ? `${kind} ${pathWord(path ?? "")}` : `${kind} ${id}`;
}

/** A group or project is written by its number or by its path. */
function spellings({ kind, id, path }: PicturedContainer): string[] {
  return [`${kind} ${id}`, `${kind} ${pathWord(path)}`];
}

function push<K, T>(map: Map<K, T[]>, key: K, item: T): void {
  const items = map.get(key);
  if (items === undefined) map.set(key, [item]);
  else items.push(item);
}
