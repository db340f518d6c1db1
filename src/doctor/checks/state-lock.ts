import { serverText } from "../../http";
import type { Check } from "../check";
import { fault, fine } from "../finding";

/** Whether the state's lock is free, and can be taken: it is taken and given back. */
export const stateLock: Check = {
  name: "state-lock",
  needs: ["state"],
  examine: async (setup) => {
    const { command } = setup.engine;
    if (setup.given.purpose === "plan") return [fine("Not taken: to plan needs no lock")];
    const reply = await setup.ask("lock");
    if (reply === undefined) return [fine(`Not taken: ${command} takes it with an update alone`)];
    if (reply.succeeded) return [fine("The state's lock is free")];
    return [
      fault(
        "state-not-locked",
        `${command} cannot take the state's lock and begin a plan: ${serverText(reply.words)}`,
        `If another run holds it, wait; if that run was killed: ${command} force-unlock with the lock's ID. Otherwise mend what it names.`,
      ),
    ];
  },
};
