// The life of a service account through GitLab's own Go client. Prints as JSON what the client saw;
// the test that runs it knows what it should have seen.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	gitlab "gitlab.com/gitlab-org/api/client-go/v2"
)

const developer, maintainer = gitlab.DeveloperPermissions, gitlab.MaintainerPermissions

// A refusal as the client reports it.
type refusal struct {
	Status  int    `json:"status"`
	Message string `json:"message"`
}

type observations map[string]any

func main() {
	client := clientOf(os.Getenv("GITLAB_TOKEN"))
	seen := observations{}
	group, project := place(client)
	account(client, group, seen)
	projectAccount(client, project, seen)
	paging(client, group, seen)
	refusals(client, group, seen)
	check(json.NewEncoder(os.Stdout).Encode(seen))
}

func clientOf(token string) *gitlab.Client {
	url := os.Getenv("GITLAB_URL")
	return must(gitlab.NewClient(token, gitlab.WithBaseURL(url), gitlab.WithoutRetries()))
}

func place(client *gitlab.Client) (group, project int64) {
	created, _, err := client.Groups.CreateGroup(&gitlab.CreateGroupOptions{
		Name: gitlab.Ptr("Platform"),
		Path: gitlab.Ptr("platform"),
	})
	check(err)
	site, _, err := client.Projects.CreateProject(&gitlab.CreateProjectOptions{
		Name:        gitlab.Ptr("site"),
		NamespaceID: gitlab.Ptr(created.ID),
	})
	check(err)
	return created.ID, site.ID
}

func account(client *gitlab.Client, group int64, seen observations) {
	account, _, err := client.Groups.CreateServiceAccount(group, &gitlab.CreateServiceAccountOptions{
		Username: gitlab.Ptr("deployer"),
	})
	check(err)
	changed, _, err := client.Groups.UpdateServiceAccount(group, account.ID, &gitlab.UpdateServiceAccountOptions{
		Name: gitlab.Ptr("Deployer"),
	})
	check(err)
	seen["account"] = changed
	membership(client, group, account.ID, seen)
	tokens(client, group, account.ID, seen)
	_, err = client.Groups.DeleteServiceAccount(group, account.ID, &gitlab.DeleteServiceAccountOptions{})
	check(err)
	left, _, err := client.Users.GetUser(account.ID, &gitlab.GetUserOptions{})
	check(err)
	seen["deleted"] = left.State
}

func membership(client *gitlab.Client, group, account int64, seen observations) {
	added, _, err := client.GroupMembers.AddGroupMember(group, &gitlab.AddGroupMemberOptions{
		UserID:      gitlab.Ptr(account),
		AccessLevel: gitlab.Ptr(developer),
		ExpiresAt:   gitlab.Ptr("2026-12-01"),
	})
	check(err)
	edited, _, err := client.GroupMembers.EditGroupMember(group, account, &gitlab.EditGroupMemberOptions{
		AccessLevel: gitlab.Ptr(maintainer),
	})
	check(err)
	seen["membership"] = []any{added.AccessLevel, edited.AccessLevel, edited.ExpiresAt}
	memberships, _, err := client.Users.GetUserMemberships(account, &gitlab.GetUserMembershipOptions{})
	check(err)
	seen["memberships"] = len(memberships)
	_, err = client.GroupMembers.RemoveGroupMember(group, account, &gitlab.RemoveGroupMemberOptions{})
	check(err)
	_, _, err = client.GroupMembers.GetGroupMember(group, account)
	seen["removed"] = refusalOf(err)
}

func tokens(client *gitlab.Client, group, account int64, seen observations) {
	token, _, err := client.Groups.CreateServiceAccountPersonalAccessToken(group, account,
		&gitlab.CreateServiceAccountPersonalAccessTokenOptions{
			Name:        gitlab.Ptr("deploy"),
			Description: gitlab.Ptr("for the pipeline"),
			Scopes:      gitlab.Ptr([]string{"api"}),
			ExpiresAt:   date("2026-09-01"),
		})
	check(err)
	own := clientOf(token.Token)
	self, _, err := own.PersonalAccessTokens.GetSinglePersonalAccessToken()
	check(err)
	seen["self"] = []any{self.ID == token.ID, self.Description, self.ExpiresAt, self.LastUsedAt != nil}

	rotated, response, err := client.Groups.RotateServiceAccountPersonalAccessToken(group, account, token.ID,
		&gitlab.RotateServiceAccountPersonalAccessTokenOptions{ExpiresAt: date("2026-10-01")})
	check(err)
	seen["rotated"] = []any{response.StatusCode, rotated.Description, rotated.ExpiresAt, rotated.ID != token.ID}
	_, _, err = own.Users.CurrentUser()
	seen["old value"] = refusalOf(err)

	renewed, _, err := clientOf(rotated.Token).PersonalAccessTokens.RotatePersonalAccessTokenSelf(nil)
	check(err)
	_, err = client.Groups.RevokeServiceAccountPersonalAccessToken(group, account, renewed.ID)
	check(err)
	seen["tokens"] = map[string]int{
		"active": count(client, group, account, "active"),
		"all":    count(client, group, account, ""),
	}
}

func count(client *gitlab.Client, group, account int64, state string) int {
	options := &gitlab.ListServiceAccountPersonalAccessTokensOptions{
		CreatedAfter: gitlab.Ptr(time.Date(2026, time.June, 1, 0, 0, 0, 0, time.UTC)),
	}
	if state != "" {
		options.State = &state
	}
	list, _, err := client.Groups.ListServiceAccountPersonalAccessTokens(group, account, options)
	check(err)
	return len(list)
}

func projectAccount(client *gitlab.Client, project int64, seen observations) {
	account, _, err := client.Projects.CreateProjectServiceAccount(project, &gitlab.CreateProjectServiceAccountOptions{
		Username: gitlab.Ptr("site-bot"),
	})
	check(err)
	token, _, err := client.Projects.CreateProjectServiceAccountPersonalAccessToken(project, account.ID,
		&gitlab.CreateProjectServiceAccountPersonalAccessTokenOptions{
			Name:   gitlab.Ptr("deploy"),
			Scopes: gitlab.Ptr([]string{"read_api"}),
		})
	check(err)
	list, _, err := client.Projects.ListProjectServiceAccounts(project, &gitlab.ListProjectServiceAccountsOptions{})
	check(err)
	seen["project account"] = []any{len(list), list[0].ID == account.ID, token.Active, token.Scopes}
}

func paging(client *gitlab.Client, group int64, seen observations) {
	for number := range 25 {
		_, _, err := client.Groups.CreateServiceAccount(group, &gitlab.CreateServiceAccountOptions{
			Username: gitlab.Ptr(fmt.Sprintf("bot-%02d", number)),
		})
		check(err)
	}
	for _, pagination := range []string{"offset", "keyset"} {
		options := &gitlab.ListServiceAccountsOptions{ListOptions: gitlab.ListOptions{PerPage: 10}}
		if pagination == "keyset" {
			options.Pagination = pagination
			options.ListOptions.OrderBy = "id"
		}
		accounts, err := gitlab.ScanAndCollect(
			func(page gitlab.PaginationOptionFunc) ([]*gitlab.GroupServiceAccount, *gitlab.Response, error) {
				return client.Groups.ListServiceAccounts(group, options, page)
			})
		check(err)
		seen[pagination] = []any{len(accounts), accounts[0].UserName}
	}
}

func refusals(client *gitlab.Client, group int64, seen observations) {
	_, _, taken := client.Groups.CreateServiceAccount(group, &gitlab.CreateServiceAccountOptions{
		Username: gitlab.Ptr("bot-00"),
	})
	_, _, missing := client.Groups.GetGroup("nowhere", nil)
	_, _, unknown := clientOf("glpat-unknown").Users.CurrentUser()
	seen["refusals"] = []refusal{refusalOf(taken), refusalOf(missing), refusalOf(unknown)}
	seen["not found"] = errors.Is(missing, gitlab.ErrNotFound)
}

func date(text string) *gitlab.ISOTime {
	return gitlab.Ptr(gitlab.ISOTime(must(time.Parse(time.DateOnly, text))))
}

func refusalOf(err error) refusal {
	var response *gitlab.ErrorResponse
	if errors.As(err, &response) {
		return refusal{response.StatusCode, response.Message}
	}
	check(fmt.Errorf("this was not refused by the server: %w", err))
	return refusal{}
}

func must[T any](value T, err error) T {
	check(err)
	return value
}

func check(err error) {
	if err == nil {
		return
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
