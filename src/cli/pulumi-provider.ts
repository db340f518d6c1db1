import { setFlagsFromString } from "node:v8";
import { servePulumi } from "../provider/pulumi";
import { glsaProvider } from "../resources";
import { VERSION } from "./version";

// Megabytes; for the same reason as in the provider for Terraform.
setFlagsFromString("--max-semi-space-size=4");

void servePulumi(glsaProvider(VERSION));
