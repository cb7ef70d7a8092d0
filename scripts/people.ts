import { AppError } from "#lib/errors";
import { ROLES } from "#lib/policy";
import { defineCommand, main } from "./_cli/command";
import { runMigrate } from "./_steps/migrate";
import { readPassword } from "./_steps/password";
import {
  allPeople,
  runAdd,
  runDisable,
  runInvite,
  runPassword,
  runRole,
  type ShownPerson,
} from "./_steps/people";

const command = defineCommand({
  name: "people",
  summary:
    "Who may log in: adds people, invites them, changes their role or password.",
  options: {
    do: {
      type: "choice",
      choices: [
        "list",
        "add",
        "invite",
        "role",
        "password",
        "disable",
        "enable",
      ],
      help: "what to do; list if left out",
    },
    name: { type: "string", help: "whom it is about" },
    role: {
      type: "choice",
      choices: ROLES,
      help: "add, invite: default labeller; role: the new one",
    },
    days: {
      type: "integer",
      default: 7,
      min: 1,
      max: 30,
      help: "invite: how long the link is good",
    },
    claim: {
      type: "string",
      placeholder: "name",
      help: "add: whose labels become this person's, one known by name only",
    },
  },
  positional: ["do", "name"],
  examples: [
    "npm run people -- add Ada --role admin       # asks for a password",
    "npm run people -- invite --role labeller     # prints a link",
    "npm run people -- invite Ada                 # … for a new password",
    "npm run people -- role Ada --role maintainer",
  ],
  async run({ options: o, signal, say, result }) {
    runMigrate({ say: () => undefined });
    const name = () => {
      if (o.name !== undefined) return o.name;
      throw new AppError(
        "bad_request",
        `Say whom: npm run people -- ${o.do ?? "list"} <name>.`,
      );
    };
    const password = () => readPassword("Password: ", signal);
    const done = (what: string, person: ShownPerson) => {
      say(`${what.padEnd(9)}${person.name}, ${person.role}`);
      result(person);
    };
    switch (o.do) {
      case undefined:
      case "list": {
        const people = allPeople();
        for (const { name, role, state } of people) {
          say(`${role.padEnd(11)}${state.padEnd(12)}${name}`);
        }
        if (people.length === 0)
          say("Nobody yet: npm run people -- add <name>");
        result(people);
        return;
      }
      case "add":
        done(
          "added",
          await runAdd(name(), o.role ?? "labeller", o.claim, password),
        );
        return;
      case "invite": {
        const made = runInvite(o.name, o.role ?? "labeller", o.days);
        say(made.link);
        say(
          `for one person, as ${made.role}, until ${made.expiresAt.slice(0, 10)}`,
        );
        result(made);
        return;
      }
      case "role":
        if (o.role === undefined) {
          throw new AppError(
            "bad_request",
            `Say which: npm run people -- role <name> --role <${ROLES.join("|")}>.`,
          );
        }
        done("role", runRole(name(), o.role));
        return;
      case "password":
        done("password", await runPassword(name(), password));
        return;
      case "disable":
        done("disabled", runDisable(name(), true));
        return;
      case "enable":
        done("enabled", runDisable(name(), false));
        return;
    }
  },
});

await main(command);
