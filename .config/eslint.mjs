import { resolve } from "node:path";
import js from "@eslint/js";
import importX from "eslint-plugin-import-x";
import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import tseslint from "typescript-eslint";

const root = resolve(import.meta.dirname, "..");

/**
 * The import arrows: which rooms of ours a room may import, beside itself.
 * "provider/contract" is the resource contract and schema language; it knows neither engine nor GitLab.
 * "provider/host" is what the hosts of both engines need.
 */
export const arrows = {
  "src/model": [],
  "src/official": ["src/destinations"],
  "src/config": ["src/model"],
  "src/http": [],
  "src/gitlab": ["src/http", "src/model"],
  "src/inventory": ["src/gitlab", "src/model"],
  "src/destinations": [
    "src/gitlab",
    "src/http",
    "src/inventory",
    "src/model",
    "src/provider/contract",
  ],
  "src/provider/contract": [],
  "src/provider/host": ["src/provider/contract"],
  "src/provider/terraform": ["src/provider/contract", "src/provider/host"],
  "src/provider/pulumi": ["src/provider/contract", "src/provider/host"],
  "src/resources": [
    "src/provider/contract",
    "src/inventory",
    "src/destinations",
    "src/estate",
    "src/gitlab",
    "src/config",
    "src/http",
    "src/model",
    "src/official",
    "src/run",
  ],
  "src/run": [],
  "src/estate": ["src/destinations", "src/gitlab", "src/http", "src/model"],
  "src/audit": [
    "src/config",
    "src/estate",
    "src/gitlab",
    "src/http",
    "src/model",
    "src/official",
    "src/review",
  ],
  "src/adopt": ["src/estate", "src/model"],
  "src/engine": ["src/model"],
  "src/leak": ["src/engine", "src/gitlab", "src/model", "src/night", "src/review"],
  "src/night": ["src/engine", "src/gitlab", "src/model", "src/review"],
  "src/doctor": [
    "src/config",
    "src/engine",
    "src/gitlab",
    "src/http",
    "src/inventory",
    "src/model",
    "src/resources",
    "src/review",
  ],
  "src/notify": ["src/config", "src/http", "src/leak", "src/model", "src/night", "src/review"],
  "src/sandbox": [],
  "src/review": [
    "src/destinations",
    "src/model",
    "src/official",
    "src/gitlab",
    "src/http",
    "src/provider/contract",
  ],
  "src/page": ["src/audit", "src/estate", "src/model", "src/review"],
  "src/prove": ["src/sandbox", "src/resources", "src/provider/contract", "src/http", "src/model"],
  "src/cli": ["src"],
  "constructs/words": ["src/config", "src/destinations", "src/model", "src/official"],
  "constructs/cdktf": ["constructs/words", "src/model", "src/official"],
  "constructs/pulumi": ["constructs/words", "src/model", "src/official"],
  "constructs/testing": ["constructs/words", "src/destinations", "src/model", "src/official"],
  examples: ["src/cli", "src/sandbox", "constructs"],
};

/** One zone per forbidden pair, so that a message names the arrow. */
const restrictedPaths = Object.entries(arrows).flatMap(([room, allowed]) =>
  [...Object.keys(arrows), "test"]
    .filter(
      (other) =>
        other !== room && !allowed.some((open) => other === open || other.startsWith(`${open}/`)),
    )
    .map((other) => ({
      target: `./${room}`,
      from: `./${other}`,
      message: `${room} may import only: ${allowed.join(", ") || "nothing of ours"} (docs/architecture.md).`,
    })),
);

/** Records of destinations are loaded everywhere, so that only what does the work may need more than the model. */
const RECORDS = "./src/destinations/{index,entry,record,*/record}.ts";
const WORK = "./src/destinations/{destination,implementations,errors,*/!(record)}.ts";
const recordPaths = [
  ...[RECORDS, "./constructs/**", "./src/review/**", "./src/official/**"].map((target) => ({
    target,
    from: WORK,
    message: "Only src/resources may import the implementation of a destination.",
  })),
  {
    target: RECORDS,
    from: "./src/{gitlab,http,inventory}/**",
    message: "A record of a destination may import only types and src/model.",
  },
];

/** What runs in a browser loads nothing that is not made for it. */
const browserPaths = [
  {
    target: ["./src/page/client", "./src/page/data"],
    from: ["./src/!(page)/**", "./src/page/*.ts", "./src/page/estate/**"],
    message: "The program of a page may import only src/page/client and src/page/data.",
  },
  {
    target: "./src/page/data",
    from: "./src/page/client",
    message: "src/page/data may import nothing of a browser: it is used on Node, too.",
  },
];

export default tseslint.config(
  {
    ignores: [
      "dist/",
      "node_modules/",
      "cdktf.out/",
      "coverage/",
      "examples/templates/",
      ".config/site/pages/",
      ".config/site/.vitepress/cache/",
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ["**/*.ts"],
    plugins: { "import-x": importX },
    settings: {
      "import-x/resolver-next": [createTypeScriptImportResolver({ project: "tsconfig.json" })],
    },
    rules: {
      "import-x/no-restricted-paths": [
        "error",
        { zones: [...restrictedPaths, ...recordPaths, ...browserPaths] },
      ],
      "import-x/no-cycle": ["error", { maxDepth: 8 }],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
      "max-lines": ["error", { max: 400, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ["src/**/*.ts", "constructs/**/*.ts"],
    rules: { "max-lines-per-function": ["error", { max: 50 }] },
  },
  {
    files: ["src/**/*.ts", "constructs/**/*.ts"],
    extends: [tseslint.configs.recommendedTypeCheckedOnly],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
    rules: {
      // gRPC's services are untyped; the descriptors give requests their shape.
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      // Words such as Role have a toString of their own.
      "@typescript-eslint/no-base-to-string": "off",
      "@typescript-eslint/restrict-template-expressions": "off",
      // An implementation of an interface may have nothing to wait for.
      "@typescript-eslint/require-await": "off",
    },
  },
  {
    files: ["test/**/*.ts"],
    rules: { "max-lines-per-function": "off" },
  },
  {
    files: ["constructs/*/generated.ts"],
    rules: { "max-lines": "off" },
  },
  {
    files: ["**/*.mjs"],
    languageOptions: { globals: { process: "readonly", console: "readonly" } },
  },
);
