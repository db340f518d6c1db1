export * from "../../src/prove/provider/driver";
