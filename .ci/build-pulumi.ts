import { findPulumi } from "../examples/demo/pulumi-engine";

findPulumi();
