"""The life of a service account through python-gitlab. Prints as JSON what the client saw; the test
that runs it knows what it should have seen."""

import json
import os

import gitlab

DEVELOPER = 30
MAINTAINER = 40


def client_of(token):
    return gitlab.Gitlab(os.environ["GITLAB_URL"], private_token=token)


def refusal_of(call, *arguments, **options):
    """What the server said when it refused a call, and with which status."""
    try:
        call(*arguments, **options)
    except gitlab.GitlabError as error:
        return [error.response_code, error.error_message]
    raise AssertionError("It was not refused.")


def membership(group, account):
    member = group.members.create(
        {"user_id": account, "access_level": DEVELOPER, "expires_at": "2026-12-01"}
    )
    member.access_level = MAINTAINER
    member.save()
    changed = group.members.get(account)
    inherited = group.members_all.get(account)
    member.delete()
    return {
        "changed": [changed.access_level, changed.expires_at],
        "inherited": inherited.access_level,
        "removed": refusal_of(group.members.get, account),
    }


def tokens(client, account, path):
    values = {"name": "deploy", "scopes": ["api"], "expires_at": "2026-09-01"}
    token = client.users.get(account).personal_access_tokens.create(values)
    own = client_of(token.token)
    own.auth()
    self_description = own.http_get("/personal_access_tokens/self")
    token_path = f"{path}/{account}/personal_access_tokens"
    rotated = client.http_post(f"{token_path}/{token.id}/rotate")
    old_value = refusal_of(own.auth)
    renewed = client_of(rotated["token"]).http_post("/personal_access_tokens/self/rotate")
    client.personal_access_tokens.delete(renewed["id"])
    return {
        "user": own.user.username,
        "self": [self_description["id"] == token.id, self_description["scopes"]],
        "rotated": [rotated["name"], rotated["expires_at"]],
        "old value": old_value,
        "active": len(client.personal_access_tokens.list(user_id=account, state="active")),
        "all": len(client.personal_access_tokens.list(user_id=account)),
    }


def paging(client, path):
    for number in range(25):
        client.http_post(path, post_data={"username": f"bot-{number:02}"})
    by_number = client.http_list(path, iterator=True, per_page=10)
    options = {"pagination": "keyset", "order_by": "username", "sort": "asc", "per_page": 10}
    by_keyset = [account["username"] for account in client.http_list(path, options, iterator=True)]
    return {
        "total": by_number.total,
        "pages": by_number.total_pages,
        "by number": len(list(by_number)),
        "by keyset": [len(by_keyset), by_keyset[0], by_keyset[-1]],
    }


def variables(project):
    values = {"key": "TOKEN", "value": "glpat-0123456789", "masked": True}
    for scope in ["production", "staging"]:
        project.variables.create({**values, "environment_scope": scope})
    several = refusal_of(project.variables.get, "TOKEN")
    staging = project.variables.get("TOKEN", filter={"environment_scope": "staging"})
    return {"several": several, "staging": [staging.environment_scope, staging.masked]}


def refusals(client, group, path):
    user = {"username": "site-owner", "name": "Owner", "email": "owner@example.com"}
    owner = client.users.create({**user, "force_random_password": True})
    values = {"name": "test", "scopes": ["api"]}
    token = owner.personal_access_tokens.create(values).token
    late = {**values, "expires_at": "2030-01-01"}
    return {
        "taken": refusal_of(client.http_post, path, post_data={"username": "bot-00"}),
        "hidden": refusal_of(client_of(token).groups.get, group.id),
        "not an administrator": refusal_of(client_of(token).http_get, "/service_accounts"),
        "too late": refusal_of(owner.personal_access_tokens.create, late),
        "no role": refusal_of(group.members.create, {"user_id": owner.id, "access_level": 33}),
    }


def main():
    client = client_of(os.environ["GITLAB_TOKEN"])
    group = client.groups.create({"name": "Platform", "path": "platform"})
    project = client.projects.create({"name": "site", "namespace_id": group.id})
    path = f"/groups/{group.id}/service_accounts"
    account = client.http_post(path, post_data={"username": "deployer"})
    seen = {
        "account": account["username"],
        "membership": membership(group, account["id"]),
        "tokens": tokens(client, account["id"], path),
        "variables": variables(project),
    }
    client.users.delete(account["id"])
    seen["deleted"] = client.users.get(account["id"]).state
    seen["paging"] = paging(client, path)
    seen["refusals"] = refusals(client, group, path)
    print(json.dumps(seen))


main()
