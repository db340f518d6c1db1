const { execSync } = require("node:child_process");

/** What the command line calls after it has copied the template. */
exports.post = () => {
  execSync("npm install", { stdio: "inherit" });
};
