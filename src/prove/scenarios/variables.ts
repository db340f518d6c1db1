import { MARKED_DESCRIPTION } from "../mark";
import { removal, type Scenario, type Step } from "./scenario";

const value = "a-value-of-the-proof";

const project = "{mark}-variables";

/** The uses and refusals of a destination for a token's value. */
function lifeOf(holder: string): Step[] {
  const variables = `${holder}/variables`;
  const one = `${variables}/GLSA_PROVE_ONE`;
  return [
    { ask: `POST /${variables}`, body: { key: "GLSA_PROVE_ONE", value } },
    { ask: `POST /${variables}`, body: { key: "GLSA_PROVE_ONE", value } },
    { ask: `POST /${variables}`, body: { key: "not a key!", value } },
    { ask: `POST /${variables}`, body: { value } },
    { ask: `POST /${variables}`, body: { key: "GLSA_PROVE_TWO", value: "short", masked: true } },
    { ask: `POST /${variables}`, body: { key: "GLSA_PROVE_TWO", value, masked_and_hidden: true } },
    { ask: `GET /${variables}`, query: { per_page: "1", page: "1" } },
    { ask: `GET /${variables}`, query: { per_page: "1", page: "2" } },
    { ask: `GET /${variables}/GLSA_PROVE_TWO` },
    { ask: `PUT /${variables}/GLSA_PROVE_TWO`, body: { value: `${value}-2`, masked: false } },
    { ask: `PUT /${one}`, body: { value: `${value}-2`, masked: true, protected: true } },
    { ask: `PUT /${one}`, body: { value: `${value}-3` } },
    { ask: `GET /${one}` },
    { ask: `DELETE /${one}` },
    { ask: `GET /${one}` },
    { ask: `PUT /${one}`, body: { value } },
    { ask: `DELETE /${one}` },
    { ask: `DELETE /${variables}/GLSA_PROVE_TWO` },
  ];
}

export const variablesScenario: Scenario = {
  name: "variables",
  about: "CI/CD variables of a group and of a project",
  steps: [
    ...lifeOf("groups/{group}"),
    {
      ask: "POST /projects",
      body: {
        name: project,
        path: project,
        namespace_id: "{group}",
        visibility: "private",
        description: MARKED_DESCRIPTION,
      },
      keep: "app",
    },
    ...lifeOf("projects/{app.id}"),
    ...removal("project", "app"),
  ],
};
