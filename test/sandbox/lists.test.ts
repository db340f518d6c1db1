import { TestInstance } from "./client";

let gitlab: TestInstance;
let group: number;

beforeAll(async () => {
  gitlab = await TestInstance.start({ now: "2026-06-01T12:00:00Z" });
});
afterAll(() => TestInstance.closeAll());
beforeEach(async () => {
  await gitlab.control("POST", "reset");
  group = await gitlab.group("open", undefined, "public");
});

interface Project {
  readonly id: number;
  readonly path: string;
}

async function create(path: string, values: object = {}): Promise<number> {
  const body = { name: path, namespace_id: group, ...values };
  return (await gitlab.get<Project>("POST", "/projects", body)).id;
}

async function paths(query: string, token?: string): Promise<string[]> {
  const found = await gitlab.get<Project[]>("GET", `/projects?${query}`, undefined, token);
  return found.map(({ path }) => path);
}

describe("the list of projects", () => {
  let ids: number[];
  beforeEach(async () => {
    ids = [
      await create("first", { visibility: "public", description: "begins" }),
      await create("second", { visibility: "internal" }),
      await create("third"),
    ];
  });

  test.each([
    ["visibility=internal", ["second"]],
    ["search=BEGINS", ["first"]],
    ["search=open", []],
    ["search=open&search_namespaces=true", ["third", "second", "first"]],
    ["search=open/sec", ["second"]],
    ["starred=yes", []],
    ["owned=1&sort=asc", ["first", "second", "third"]],
    ["min_access_level=50&order_by=path", ["third", "second", "first"]],
    ["last_activity_after=2026-06-02", []],
  ])("filters and orders by %s", async (query, expected) => {
    expect(await paths(query)).toEqual(expected);
  });

  test("by bounds of ids, which keyset paging uses as its marks", async () => {
    expect(await paths(`id_after=${ids[0]}&id_before=${ids[2]}`)).toEqual(["second"]);
    const query = "pagination=keyset&order_by=id&sort=asc&per_page=2";
    const page = await gitlab.ask("GET", `/projects?${query}`);
    expect(page.body).toMatchObject([{ path: "first" }, { path: "second" }]);
    const next = /<([^>]+)>; rel="next"/.exec(page.headers.get("link") ?? "")?.[1] ?? "";
    expect(new URL(next).searchParams.get("id_after")).toBe(String(ids[1]));
    expect(page.headers.has("x-total")).toBe(false);
    expect(await paths(new URL(next).search.slice(1))).toEqual(["third"]);
    expect(await gitlab.ask("GET", "/projects?pagination=keyset&order_by=name")).toMatchObject({
      status: 405,
    });
  });

  test("by membership and role, archived or not", async () => {
    const { id, token } = await gitlab.human("ada");
    await gitlab.get("POST", `/projects/${ids[2]}/members`, { user_id: id, access_level: 30 });
    expect(await paths("", token)).toEqual(["third", "second", "first"]);
    expect(await paths("membership=true", token)).toEqual(["third"]);
    expect(await paths("min_access_level=40", token)).toEqual([]);
    await gitlab.get("POST", `/projects/${ids[0]}/archive`);
    expect(await paths("archived=true", token)).toEqual(["first"]);
    expect(await paths("archived=false", token)).toEqual(["third", "second"]);
    await gitlab.get("POST", `/projects/${ids[0]}/unarchive`);
    expect(await paths("archived=true", token)).toEqual([]);
  });

  test("shows less when asked simply", async () => {
    const [project] = await gitlab.get<object[]>("GET", "/projects?simple=true&per_page=1");
    expect(Object.keys(project ?? {})).toEqual([
      ...["id", "description", "name", "name_with_namespace", "path", "path_with_namespace"],
      ...["created_at", "default_branch", "tag_list", "topics", "ssh_url_to_repo"],
      ...["http_url_to_repo", "web_url", "readme_url", "forks_count", "avatar_url", "star_count"],
      ...["last_activity_at", "visibility", "namespace", "repository_storage"],
    ]);
  });
});

test("projects have a title template from 19.0 on, after that of squash commits", async () => {
  const keysOf = async (instance: TestInstance) => {
    const project = await instance.get<Project>("POST", "/projects", { name: "p" });
    return Object.keys(await instance.get("GET", `/projects/${project.id}`));
  };
  const keys = await keysOf(await TestInstance.start({ version: "19.0" }));
  const position = keys.indexOf("squash_commit_template");
  expect(keys[position + 1]).toBe("mr_default_title_template");
  const old = await keysOf(await TestInstance.start({ version: "18.11" }));
  expect(old).not.toContain("mr_default_title_template");
});

test("descriptions are rendered with their place in the text", async () => {
  const id = await create("p", { description: "First & last\n\nof <b>two</b>" });
  expect(await gitlab.get("GET", `/projects/${id}`)).toMatchObject({
    description_html:
      '<p data-sourcepos="1:1-1:12" dir="auto">First &amp; last</p>\n' +
      '<p data-sourcepos="3:1-3:13" dir="auto">of &lt;b&gt;two&lt;/b&gt;</p>',
  });
});

describe("the list of users", () => {
  const names = async (query: string) =>
    (await gitlab.get<{ username: string }[]>("GET", `/users?${query}`)).map(
      (user) => user.username,
    );

  test.each([
    ["two_factor=enabled", []],
    ["two_factor=disabled", ["bot", "ada", "root"]],
    ["auditors=true", []],
    ["humans=true&order_by=username&sort=asc", ["ada", "root"]],
    ["without_projects=true", ["bot", "root"]],
    ["extern_uid=1&provider=saml", []],
    ["public_email=none@example.com", []],
    ["active=true&exclude_external=true&without_project_bots=true", ["ada", "root"]],
    ["exclude_humans=true", ["bot"]],
    ["external=true", ["bot"]],
    ["blocked=true", []],
    ["exclude_active=true", []],
    ["created_after=2026-06-01T11:00:00Z&admins=true", ["root"]],
    ["created_before=2026-06-01T11:00:00Z", []],
  ])("filters by %s", async (query, expected) => {
    const { id } = await gitlab.human("ada");
    await gitlab.account("", { username: "bot" });
    const project = await create("p");
    await gitlab.get("POST", `/projects/${project}/members`, { user_id: id, access_level: 30 });
    expect(await names(query)).toEqual(expected);
  });
});

test("the merge requests of a project are filtered and ordered, with the keys of a list", async () => {
  const project = await create("p");
  const path = `/projects/${project}/merge_requests`;
  for (const source_branch of ["a", "b"]) {
    const body = { title: `Change ${source_branch}`, source_branch, target_branch: "main" };
    await gitlab.get("POST", path, body);
  }
  const branches = async (query: string) =>
    (await gitlab.get<{ source_branch: string }[]>("GET", `${path}?${query}`)).map(
      (request) => request.source_branch,
    );
  expect(await branches("state=opened")).toEqual(["b", "a"]);
  expect(await branches("order_by=title&sort=asc&author_username=root")).toEqual(["a", "b"]);
  expect(await branches("source_branch=a&target_branch=main")).toEqual(["a"]);
  expect(await branches("iids[]=2&search=CHANGE")).toEqual(["b"]);
  expect(await branches("state=merged")).toEqual([]);
  const [listed] = await gitlab.get<object[]>("GET", `${path}?per_page=1`);
  expect(Object.keys(listed ?? {}).slice(-2)).toEqual([
    "blocking_discussions_resolved",
    "approvals_before_merge",
  ]);
});

test("a merge request has all its keys, in GitLab's order", async () => {
  const project = await create("p");
  const body = { title: "t", source_branch: "b", target_branch: "main" };
  const request = await gitlab.get("POST", `/projects/${project}/merge_requests`, body);
  expect(Object.keys(request)).toEqual([
    ...["id", "iid", "project_id", "title", "description", "state", "created_at", "updated_at"],
    ...["merged_by", "merge_user", "merged_at", "closed_by", "closed_at", "target_branch"],
    ...["source_branch", "user_notes_count", "upvotes", "downvotes", "author", "assignees"],
    ...["assignee", "reviewers", "source_project_id", "target_project_id", "labels", "draft"],
    ...["imported", "imported_from", "work_in_progress", "milestone"],
    ...["merge_when_pipeline_succeeds", "merge_status", "detailed_merge_status", "merge_after"],
    ...["sha", "merge_commit_sha", "squash_commit_sha", "discussion_locked"],
    ...["should_remove_source_branch", "force_remove_source_branch", "prepared_at", "reference"],
    ...["references", "web_url", "time_stats", "squash", "squash_on_merge"],
    ...["task_completion_status", "has_conflicts", "blocking_discussions_resolved"],
    ...["approvals_before_merge", "subscribed", "changes_count", "latest_build_started_at"],
    ...["latest_build_finished_at", "first_deployed_to_production_at", "pipeline"],
    ...["head_pipeline", "diff_refs", "merge_error", "first_contribution", "user"],
  ]);
});
