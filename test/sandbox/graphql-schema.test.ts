import {
  buildClientSchema,
  getIntrospectionQuery,
  printSchema,
  type IntrospectionQuery,
} from "graphql";
import { TestInstance } from "./client";

let gitlab: TestInstance;
let project: number;

beforeAll(async () => {
  gitlab = await TestInstance.start({ now: "2026-06-01T12:00:00Z", version: "19.1" });
});
afterAll(() => TestInstance.closeAll());
beforeEach(async () => {
  await gitlab.control("POST", "reset");
  const group = await gitlab.group("platform");
  project = await gitlab.project("site", group);
  await gitlab.account(`/groups/${group}`, { username: "deployer" });
});

async function query<T = Record<string, unknown>>(
  text: string,
  token = gitlab.root,
  variables: object = {},
): Promise<{ data?: T; errors?: { message: string }[] }> {
  const response = await fetch(`${gitlab.url}/api/graphql`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      ...(token === "" ? {} : { "PRIVATE-TOKEN": token }),
    },
    body: JSON.stringify({ query: text, variables }),
  });
  return (await response.json()) as { data?: T; errors?: { message: string }[] };
}

describe("introspection", () => {
  test("gives tools a schema that they can build", async () => {
    const { data } = await query<IntrospectionQuery>(getIntrospectionQuery(), "");
    if (data === undefined) throw new Error("The schema is shown to everyone.");
    const schema = printSchema(buildClientSchema(data));
    expect(schema).toContain("group(fullPath: ID!): Group");
    expect(schema).toContain("type UserCoreConnection {");
  });

  test("stands beside other fields, with their variables and fragments, in the order asked", async () => {
    const text = `query ($name: String!, $path: ID!) {
      before: currentUser { ...Who }
      __type(name: $name) { name }
      ... on Query { group(fullPath: $path) { name } }
      __typename
    }
    fragment Who on CurrentUser { username }`;
    const { data, errors } = await query(text, gitlab.root, { name: "Group", path: "platform" });
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      ...{ before: { username: "root" }, __type: { name: "Group" } },
      ...{ group: { name: "platform" }, __typename: "Query" },
    });
    expect(Object.keys(data ?? {}).slice(0, 2)).toEqual(["before", "__type"]);
    const wrong = await query("{ __type(name: 1) { none } currentUser { id } }");
    expect(wrong.errors).not.toHaveLength(0);
  });

  test("answers about one type", async () => {
    const text = '{ __type(name: "PageInfo") { name fields { name } } }';
    expect((await query(text)).data).toEqual({
      __type: {
        name: "PageInfo",
        fields: ["hasNextPage", "hasPreviousPage", "startCursor", "endCursor"].map((name) => ({
          name,
        })),
      },
    });
  });
});

describe("a query", () => {
  test("tells about the instance to those with a token", async () => {
    const text = "{ metadata { version enterprise } }";
    expect((await query(text)).data).toEqual({
      metadata: { version: "19.1.1-ee", enterprise: true },
    });
    expect((await query(text, "")).data).toEqual({ metadata: null });
  });

  test("tells the caller's groups and namespace", async () => {
    const text = "{ currentUser { groupCount namespace { id path } } }";
    expect((await query(text)).data).toEqual({
      currentUser: {
        groupCount: 1,
        namespace: { id: "gid://gitlab/Namespaces::UserNamespace/1", path: "root" },
      },
    });
  });

  test("lists members of groups and projects page by page, to those who may see them", async () => {
    const text = `query ($path: ID!, $after: String) {
      group(fullPath: $path) {
        groupMembers(first: 1, after: $after) {
          nodes { user { username } accessLevel { stringValue } }
          pageInfo { endCursor hasNextPage }
        }
      }
    }`;
    const { id, token } = await gitlab.human("ada");
    await gitlab.get("POST", "/groups/platform/members", { user_id: id, access_level: 30 });
    interface Answer {
      readonly group: {
        readonly groupMembers: {
          readonly nodes: { readonly user: { readonly username: string } }[];
          readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean };
        };
      } | null;
    }
    const first = await query<Answer>(text, token, { path: "Platform" });
    expect(first.data?.group?.groupMembers.nodes).toMatchObject([{ user: { username: "root" } }]);
    const after = first.data?.group?.groupMembers.pageInfo.endCursor;
    const second = await query<Answer>(text, token, { path: "platform", after });
    expect(second.data?.group?.groupMembers).toMatchObject({
      nodes: [{ user: { username: "ada" }, accessLevel: { stringValue: "DEVELOPER" } }],
      pageInfo: { hasNextPage: false },
    });
    const stranger = await gitlab.human("bob");
    expect((await query(text, stranger.token, { path: "platform" })).data).toEqual({ group: null });
  });

  test("lists the states of Terraform in a project", async () => {
    await gitlab.get("POST", `/projects/${project}/terraform/state/main?ID=`, undefined);
    await gitlab.ask("POST", `/projects/${project}/terraform/state/main/lock`, { ID: "lock" });
    const text = `{ project(fullPath: "platform/site") { terraformStates { nodes { name lockedAt } } } }`;
    expect((await query(text)).data).toMatchObject({
      project: { terraformStates: { nodes: [{ name: "main" }] } },
    });
  });

  test.each([
    ["{ group { id } }", {}, "Field 'group' is missing required arguments: fullPath"],
    [
      "query q($path: ID) { group(fullPath: $path) { id } }",
      {},
      "Nullability mismatch on variable $path and argument fullPath (ID / ID!)",
    ],
  ])("%s is refused", async (text, variables, message) => {
    expect((await query(text, gitlab.root, variables)).errors?.[0]).toMatchObject({ message });
  });
});
