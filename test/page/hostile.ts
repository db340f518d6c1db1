import type { SampleEstate } from "./estate";

/** Names that try to become markup, script or something that is read otherwise than it is written. */
export const HOSTILE = [
  "</script><script>window.stolen=1</script>",
  '"><img src=x onerror="window.stolen=2">',
  "<svg/onload=window.stolen=3>",
  "<!--<script>",
  "javascript:window.stolen=4",
  "a\u202Egpj.exe",
  "zero\u200Bwidth\u2066isolate",
  "nul\u0000bell\u0007",
  "lone\uD800surrogate",
  "line\u2028separator",
  "{{constructor.constructor('window.stolen=5')()}}",
  "'; window.stolen=6; '",
  "&lt;b&gt;entity&amp;",
  "long".repeat(5000),
  "",
];

/** Puts the names wherever somebody else may choose a name. */
export function withHostileNames(estate: SampleEstate): SampleEstate {
  const { picture, findings, schedules } = estate;
  const name = (index: number) => HOSTILE[index % HOSTILE.length] ?? "";
  return {
    schedules,
    findings: findings.map((finding, index) => ({
      ...finding,
      object: { ...finding.object, label: name(index), container: `${name(index + 1)}/x` },
      reason: name(index + 2),
      remedy: name(index + 3),
      declared: [{ state: name(index + 4), address: name(index + 5) }],
    })),
    picture: {
      ...picture,
      instance: { ...picture.instance, version: name(0), url: "https://gitlab.example.com/<b>" },
      askedBy: { ...picture.askedBy, username: name(1) },
      accounts: picture.accounts.map((account, index) => ({
        ...account,
        username: name(index),
        name: name(index + 1),
        email: name(index + 2),
        state: name(index + 3),
      })),
      tokens: picture.tokens.map((token, index) => ({
        ...token,
        name: name(index),
        description: name(index + 1),
        scopes: [name(index + 2)],
        lastUsedIps: [name(index + 3)],
      })),
      memberships: picture.memberships.map((membership, index) => ({
        ...membership,
        container: { ...membership.container, path: name(index) },
        customRole: { id: 1, name: name(index + 1) },
      })),
      containers: picture.containers.map((container, index) => ({
        ...container,
        path: name(index),
      })),
      variables: picture.variables.map((variable, index) => ({
        ...variable,
        key: name(index),
        environmentScope: name(index + 1),
      })),
      gaps: picture.gaps.map((gap, index) => ({
        ...gap,
        reason: name(index),
        remedy: name(index + 1),
        route: name(index + 2),
      })),
    },
  };
}
