import { ResourceValidationPolicy } from "@pulumi/policy";
import {
  checkNodeType,
  checkPassword,
  checkRetention,
  checkVolume,
} from "../../components/checks/rules/limits/database";
import { checkDatabaseName } from "../../components/checks/rules/limits/names";
import { Finding } from "../../components/checks/problem";
import { inputPolicy, inputsIn, isStated, ofNumber, ofText } from "./policy";

const instances = [
  "scaleway:databases/instance:Instance",
  "scaleway:index/databaseInstance:DatabaseInstance",
];
const databases = ["scaleway:databases/database:Database", "scaleway:index/database:Database"];
const users = ["scaleway:databases/user:User", "scaleway:index/databaseUser:DatabaseUser"];

const network = inputPolicy({
  name: "database-private-network",
  description: "A database is public unless it is in a private network (D4).",
  enforcementLevel: "mandatory",
  types: instances,
  check: (inputs) => {
    if (isStated(inputs, "privateNetwork") || isStated(inputs, "loadBalancer")) return [];
    const message =
      "is missing, so the database can be reached from anywhere; state loadBalancer if that is meant";
    return [
      { input: "privateNetwork", finding: { message, fix: "{ pnId: …, enableIpam: true }" } },
    ];
  },
});

const address = inputPolicy({
  name: "database-address",
  description: "A fixed address cuts a database off from the rest of its VPC (D4).",
  enforcementLevel: "advisory",
  types: instances,
  check: (inputs) => {
    if (!isStated(inputsIn(inputs, "privateNetwork"), "ipNet")) return [];
    const message = "a fixed address cuts the database off from the rest of the VPC";
    return [{ input: "privateNetwork.ipNet", finding: { message, fix: "enableIpam: true" } }];
  },
});

const limits = inputPolicy({
  name: "database-limits",
  description: "A database has a size, backups and a type of node that Scaleway gives (L4).",
  enforcementLevel: "mandatory",
  types: instances,
  check: (inputs) => [
    ofNumber(inputs, "volumeSizeInGb", checkVolume),
    ofNumber(inputs, "backupScheduleRetention", checkRetention),
    ofText(inputs, "nodeType", checkNodeType),
  ],
});

const localVolume = inputPolicy({
  name: "database-local-volume",
  description: "The provider refuses a size for a local volume, and local is the default (L4).",
  enforcementLevel: "mandatory",
  types: instances,
  check: (inputs) => {
    if (!isStated(inputs, "volumeSizeInGb")) return [];
    const { finding } = isStated(inputs, "volumeType")
      ? ofText(inputs, "volumeType", local)
      : { finding: local("lssd") };
    return [{ input: "volumeSizeInGb", finding }];
  },
});

function local(volumeType: string): Finding | undefined {
  if (volumeType !== "lssd") return undefined;
  const message = "has no effect on local storage, whose size is the node's, and is refused";
  return { message, fix: 'volumeType: "sbs_5k" with it' };
}

const password = inputPolicy({
  name: "database-password",
  description: "A database password is such as Scaleway takes (D5).",
  enforcementLevel: "mandatory",
  types: [...instances, ...users],
  check: (inputs) => [ofText(inputs, "password", checkPassword)],
});

const name = inputPolicy({
  name: "database-name",
  description: "A database has a name that Scaleway takes (L3).",
  enforcementLevel: "mandatory",
  types: databases,
  check: (inputs) => [ofText(inputs, "name", checkDatabaseName)],
});

/** What database instances, and the databases and users in them, are held to. */
export const databasePolicies: readonly ResourceValidationPolicy[] = [
  network,
  address,
  limits,
  localVolume,
  password,
  name,
];
