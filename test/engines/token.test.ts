import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeEnginesInTurn, NO_CHANGES, succeeded } from "../support/engine";
import { inDays, TestGitLab } from "../support/gitlab";
import { usePlatform } from "../support/platform";
import { stack } from "../support/glsa";

const platform = usePlatform();

const DELIVERED =
  'deliver_to {\nci_variable {\nproject = "platform/charts"\nkey = "BOT_TOKEN"\n}\n}';
const LASTING = `expires_at = "${inDays(90)}"`;
const ADDRESS = "glsa_access_token.ci";

const bot = (attributes: string) => `
resource "glsa_service_account" "bot" {
  group    = "platform"
  username = "bot"
}
resource "glsa_access_token" "ci" {
  service_account_id = glsa_service_account.bot.id
  ${attributes}
}
`;
const standard = bot(
  `name = "ci"\n  scopes = ["read_api", "read_user"]\n  ${LASTING}\n  ${DELIVERED}`,
);

async function botTokens() {
  const [account] = await platform.gitlab.accounts(platform.ids.platform);
  return account === undefined ? [] : platform.gitlab.activeTokens(account.id);
}

const delivered = async () =>
  (await platform.gitlab.variable(platform.ids.charts, "BOT_TOKEN")) ?? "";

describeEnginesInTurn("an access token", (engine) => {
  test("is made, delivered to a CI/CD variable, and works from there", async () => {
    const work = stack(engine, platform.gitlab, standard);
    succeeded(await work.apply());
    expect(await platform.gitlab.whoIs(await delivered())).toBe("bot");
    expect(await botTokens()).toMatchObject([
      { name: "ci", scopes: expect.arrayContaining(["read_api", "read_user"]) as string[] },
    ]);
    expect((await work.resource(ADDRESS))?.values).toMatchObject({
      generation: 1,
      status: "active",
      value: null,
    });
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("is fine-grained where blocks of permissions stand for scopes", async () => {
    const gitlab = await TestGitLab.start({ version: "19.6" });
    const { platform: group, charts } = await gitlab.platform();
    const granular = bot(`name = "ci"\n ${LASTING}\n store_value = true
        granular_scopes {
          access      = "selected_memberships"
          permissions = ["read_variable", "read_member"]
          group_ids   = [${group}]
          project_ids = [${charts}]
        }
        granular_scopes {
          access      = "user"
          permissions = ["read_user"]
        }`);
    const work = stack(engine, gitlab, granular);
    succeeded(await work.apply());
    const [account] = await gitlab.accounts(group);
    expect(await gitlab.activeTokens(account?.id ?? 0)).toMatchObject([{ scopes: ["granular"] }]);
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
    await gitlab.close();
  });

  test("goes to a file that only its owner can read, and the file goes with it", async () => {
    const work = stack(
      engine,
      platform.gitlab,
      bot(
        `name = "ci"\n scopes = ["read_api"]\n ${LASTING}\n deliver_to {\nfile {\npath = "bot.token"\n}\n}`,
      ),
    );
    succeeded(await work.apply());
    const path = join(work.folder, "bot.token");
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await platform.gitlab.whoIs(readFileSync(path, "utf8"))).toBe("bot");
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
    succeeded(await work.destroy());
    expect(() => statSync(path)).toThrow("ENOENT");
  });

  test.each([
    ["name", standard.replace('"ci"\n', '"deploy"\n'), ['name changed from "ci"']],
    [
      "scopes",
      standard.replace('"read_user"', '"write_repository"'),
      ["scopes changed (+write_repository, -read_user)"],
    ],
    ["expiry", standard.replace(inDays(90), inDays(60)), [`expires_at changed from ${inDays(90)}`]],
  ])("with another %s is made anew, and the plan says why", async (_, changed, reasons) => {
    const work = stack(engine, platform.gitlab, standard);
    succeeded(await work.apply());
    const first = await delivered();
    const [before] = await botTokens();
    work.write({ "main.tf": changed });
    const plan = await (await work.plan()).json();
    const change = plan.resource_changes?.find(({ type }) => type === "glsa_access_token")?.change;
    expect(change).toMatchObject({
      actions: ["update"],
      after: {
        rotation_reason: reasons.join("; "),
        rotation_reasons: reasons.map((message) => ({ message })),
        generation: 2,
      },
    });
    await platform.gitlab.forgetRequests();
    succeeded(await work.apply());
    expect(await platform.gitlab.whoIs(await delivered())).toBe("bot");
    // The old one has its overlap: nobody is cut off.
    expect(await platform.gitlab.whoIs(first)).toBe("bot");
    const present = (await work.resource(ADDRESS))?.values;
    expect(present?.["previous"]).toMatchObject([
      { token_id: before?.id, generation: 1, revoke_at: expect.any(String) as string },
    ]);
    expect((await botTokens()).map(({ id }) => id)).toEqual([before?.id, present?.["token_id"]]);
    const { requests } = await platform.gitlab.requests();
    const writes = requests
      .filter(({ method }) => method !== "GET")
      .map(({ method, path }) => `${method} ${path.split("/").at(3)}`);
    expect(writes).toEqual(["POST groups", "PUT projects"]);
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
    await platform.gitlab.control("POST", "clock", { advance: "P3D" });
    succeeded(await work.apply());
    expect(await platform.gitlab.whoIs(first)).toBeUndefined();
    expect(await platform.gitlab.whoIs(await delivered())).toBe("bot");
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("keeps scopes in any order, a newer scope's spelling, and its description until the next one", async () => {
    const work = stack(engine, platform.gitlab, standard);
    succeeded(await work.apply());
    work.write({
      "main.tf": standard.replace('"read_api", "read_user"', '"read_user", "read_api"'),
    });
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
    work.write({
      "main.tf": standard.replace('name = "ci"', 'name = "ci"\n  description = "later"'),
    });
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("that was revoked by hand is planned with the reason and made anew", async () => {
    const work = stack(engine, platform.gitlab, standard);
    succeeded(await work.apply());
    const [token] = await botTokens();
    await platform.gitlab.call("DELETE", `/personal_access_tokens/${token?.id}`);
    const plan = await (await work.plan()).json();
    const change = plan.resource_changes?.find(({ type }) => type === "glsa_access_token")?.change;
    expect(change?.before?.["status"]).toBe("revoked");
    expect(change?.after?.["rotation_reason"]).toBe(`token ${token?.id} was found revoked`);
    succeeded(await work.apply());
    expect(await platform.gitlab.whoIs(await delivered())).toBe("bot");
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("whose variable was changed or deleted by hand is delivered anew", async () => {
    const work = stack(engine, platform.gitlab, standard);
    succeeded(await work.apply());
    const variable = `/projects/${platform.ids.charts}/variables/BOT_TOKEN`;
    await platform.gitlab.call("PUT", variable, { value: "somebody-typed-this" });
    const plan = await (await work.plan()).json();
    const change = plan.resource_changes?.find(({ type }) => type === "glsa_access_token")?.change;
    expect(change?.after?.["rotation_reason"]).toContain(
      "holds another value than the delivered one",
    );
    succeeded(await work.apply());
    expect(await platform.gitlab.whoIs(await delivered())).toBe("bot");
    await platform.gitlab.call("DELETE", variable);
    succeeded(await work.apply());
    expect(await platform.gitlab.whoIs(await delivered())).toBe("bot");
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("whose variable lost its protection gets it back without a new token", async () => {
    const guarded = standard.replace('key = "BOT_TOKEN"', 'key = "BOT_TOKEN"\nprotected = true');
    const work = stack(engine, platform.gitlab, guarded);
    succeeded(await work.apply());
    const [token] = await botTokens();
    await platform.gitlab.call("PUT", `/projects/${platform.ids.charts}/variables/BOT_TOKEN`, {
      protected: false,
    });
    succeeded(await work.apply());
    const variable = await platform.gitlab.call(
      "GET",
      `/projects/${platform.ids.charts}/variables/BOT_TOKEN`,
    );
    expect(variable).toMatchObject({ protected: true, masked: true });
    expect(await botTokens()).toMatchObject([{ id: token?.id }]);
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("goes to a hidden variable too, of which nobody can read the value", async () => {
    const hidden = standard.replace('key = "BOT_TOKEN"', 'key = "BOT_TOKEN"\nhidden = true');
    const work = stack(engine, platform.gitlab, hidden);
    succeeded(await work.apply());
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
    work.write({ "main.tf": hidden.replace('"read_user"', '"write_repository"') });
    succeeded(await work.apply());
    expect(await botTokens()).toHaveLength(2);
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
    succeeded(await work.destroy());
    expect(
      (await platform.gitlab.ask("GET", `/projects/${platform.ids.charts}/variables/BOT_TOKEN`))
        .status,
    ).toBe(404);
  });

  test("is not made where the destination refuses, and nothing is left behind", async () => {
    await platform.gitlab.call("POST", `/projects/${platform.ids.charts}/variables`, {
      key: "BOT_TOKEN",
      value: "theirs",
    });
    const work = stack(engine, platform.gitlab, standard);
    const refused = await work.apply();
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr.replace(/\s+/g, " ")).toContain(
      "it exists already and was not made by this declaration",
    );
    expect(await platform.gitlab.accounts(platform.ids.platform)).toEqual([]);
    expect(await delivered()).toBe("theirs");
    work.write({
      "main.tf": standard.replace('key = "BOT_TOKEN"', 'key = "BOT_TOKEN"\noverwrite = true'),
    });
    succeeded(await work.apply());
    expect(await platform.gitlab.whoIs(await delivered())).toBe("bot");
  });

  test("is revoked again when a delivery fails, and what was there is put back", async () => {
    const two = `${DELIVERED}
    deliver_to {
      ci_variable {
        group = "platform"
        key   = "BOT_TOKEN"
      }
    }`;
    const work = stack(engine, platform.gitlab, standard.replace(DELIVERED, two));
    succeeded(await work.apply());
    const first = await delivered();
    const [token] = await botTokens();
    const refuse = { kind: "status", status: 403, body: { message: "403 Forbidden" } };
    await platform.gitlab.control("POST", "faults", {
      faults: [{ route: "PUT /groups/:id/variables/:key", times: 1, effect: refuse }],
    });
    work.write({
      "main.tf": standard.replace(DELIVERED, two).replace('"read_user"', '"write_repository"'),
    });
    const failed = await work.apply();
    expect(failed.exitCode).toBe(1);
    expect(await delivered()).toBe(first);
    expect(await botTokens()).toMatchObject([{ id: token?.id }]);
    succeeded(await work.apply());
    expect(await platform.gitlab.whoIs(await delivered())).toBe("bot");
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test.each(["a group's Owner", "an administrator"])(
    "is imported without being made anew, and destroyed without its value, by %s",
    async (who) => {
      const token =
        who === "an administrator"
          ? platform.gitlab.token
          : await platform.gitlab.groupOwner(platform.ids.platform);
      const path = `/groups/${platform.ids.platform}/service_accounts`;
      const account = await platform.gitlab.call<{ id: number }>("POST", path, { username: "bot" });
      const made = await platform.gitlab.call<{ id: number; token: string }>(
        "POST",
        `${path}/${account.id}/personal_access_tokens`,
        {
          name: "ci",
          scopes: ["read_api", "read_user"],
          expires_at: inDays(90),
        },
      );
      const accountId = `group:${platform.ids.platform}:${account.id}`;
      const work = stack(engine, platform.gitlab, standard, { token });
      succeeded(await work.import("glsa_service_account.bot", accountId));
      succeeded(await work.import(ADDRESS, `${accountId}:${made.id}`));
      await platform.gitlab.forgetRequests();
      succeeded(await work.apply());
      expect(await platform.gitlab.writes()).toEqual([]);
      expect((await work.plan()).exitCode).toBe(NO_CHANGES);
      succeeded(await work.destroy());
      expect(await platform.gitlab.whoIs(made.token)).toBeUndefined();
    },
  );

  test("past its expiry is a warning and no diff, so that one dead token does not stop the others", async () => {
    const work = stack(engine, platform.gitlab, standard);
    succeeded(await work.apply());
    await platform.gitlab.control("POST", "clock", { advance: "P91D" });
    // The administrator's own token outlives this; the bot's does not.
    const applied = succeeded(await work.apply());
    expect(applied.stdout).toContain('Token "ci" has expired');
    expect((await work.resource(ADDRESS))?.values["status"]).toBe("expired");
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("among more than a hundred revoked ones is still found", async () => {
    const work = stack(engine, platform.gitlab, standard);
    succeeded(await work.apply());
    const [account] = await platform.gitlab.accounts(platform.ids.platform);
    const path = `/groups/${platform.ids.platform}/service_accounts/${account?.id}/personal_access_tokens`;
    for (let count = 0; count < 105; count++) {
      const { id } = await platform.gitlab.call<{ id: number }>("POST", path, {
        name: "ci",
        scopes: ["api"],
      });
      await platform.gitlab.call("DELETE", `${path}/${id}`);
    }
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("without expiry is refused where the instance sets one, and revoked at once", async () => {
    const endless = standard.replace(LASTING, "never_expires = true");
    await platform.gitlab.call("PUT", "/application/settings", {
      service_access_tokens_expiration_enforced: true,
    });
    const work = stack(engine, platform.gitlab, endless);
    const refused = await work.apply();
    expect(refused.stderr).toContain("service_access_tokens_expiration_enforced");
    expect(await botTokens()).toEqual([]);
    await platform.gitlab.call("PUT", "/application/settings", {
      service_access_tokens_expiration_enforced: false,
    });
    succeeded(await work.apply());
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("replaces a file by another at once: a reader never sees a part", async () => {
    const toFile = bot(
      `name = "ci"\n scopes = ["read_api"]\n ${LASTING}\n deliver_to {\nfile {\npath = "bot.token"\nmode = "0640"\n}\n}`,
    );
    const work = stack(engine, platform.gitlab, toFile);
    succeeded(await work.apply());
    const path = join(work.folder, "bot.token");
    const inode = statSync(path).ino;
    work.write({ "main.tf": toFile.replace('"read_api"', '"api"') });
    succeeded(await work.apply());
    expect(statSync(path).ino).not.toBe(inode);
    expect(statSync(path).mode & 0o777).toBe(0o640);
    writeFileSync(path, "somebody-typed-this");
    succeeded(await work.apply());
    expect(await platform.gitlab.whoIs(readFileSync(path, "utf8"))).toBe("bot");
  });
});
