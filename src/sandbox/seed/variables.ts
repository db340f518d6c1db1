import type { SourceRef } from "../state/store";
import { daysAgo, type Build } from "./build";
import type { TokenDraft } from "./tokens";

const plainKeys = ["DEPLOY_ENV", "REGION", "CHART_VERSION", "LOG_LEVEL"] as const;

/** CI/CD variables: delivered tokens, in places with memberships of their accounts, and others that are not tokens. */
export function seedVariables(build: Build, drafts: readonly TokenDraft[]): void {
  const { store } = build.instance;
  for (const draft of drafts.filter(({ isDelivered }) => isDelivered)) {
    const [member] = store.membersByUser.all(draft.user.id);
    if (member !== undefined) {
      deliver(build, { type: member.source_type, id: member.source_id }, draft);
    }
  }
  build.places.forEach((place, number) => {
    if (number % 2 === 0) insertVariable(build, place, build.random.pick(plainKeys), { age: 300 });
  });
}

function deliver(
  build: Build,
  place: SourceRef,
  { user, row, value, marker, age }: TokenDraft,
): void {
  const note = marker === undefined ? "" : ` ${marker}`;
  insertVariable(build, place, `${user.username.toUpperCase().replaceAll("-", "_")}_TOKEN`, {
    value,
    age,
    masked: true,
    protected: build.random.isOneIn(2),
    description: `Delivered by glsa: token ${row?.id}.${note}`,
  });
}

interface Values {
  /** Days since it was written. */
  readonly age: number;
  readonly value?: string;
  readonly masked?: boolean;
  readonly protected?: boolean;
  readonly description?: string;
}

function insertVariable(
  build: Build,
  place: SourceRef,
  key: string,
  { value = "1", age, masked = false, protected: isProtected = false, description }: Values,
): void {
  build.instance.store.variables.insert({
    source_type: place.type,
    source_id: place.id,
    key,
    value,
    variable_type: "env_var",
    hidden: false,
    protected: isProtected,
    masked,
    raw: false,
    environment_scope: "*",
    description: description ?? null,
    updated_at: daysAgo(build, age),
  });
}
