import { S3Error, escapeXml } from "./errors";

const groups = "http://acs.amazonaws.com/groups/global";

/** Canned access control lists -> what they grant to groups besides the owner's full control. */
const canned: Record<string, [group: string, permission: string][]> = {
  private: [],
  "public-read": [["AllUsers", "READ"]],
  "public-read-write": [
    ["AllUsers", "READ"],
    ["AllUsers", "WRITE"],
  ],
  "authenticated-read": [["AuthenticatedUsers", "READ"]],
};

/** The access control list that a canned name stands for, with the project as owner. */
export function cannedAcl(name: string, project: string): string {
  const grants = canned[name];
  if (!grants) throw new S3Error(400, "InvalidArgument", `There is no canned ACL ${name}.`);
  const owner = person(project);
  const content = [
    grant("CanonicalUser", owner, "FULL_CONTROL"),
    ...grants.map(([group, permission]) =>
      grant("Group", `<URI>${groups}/${group}</URI>`, permission),
    ),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>
<AccessControlPolicy xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Owner>${owner}</Owner><AccessControlList>${content.join("")}</AccessControlList></AccessControlPolicy>`;
}

function grant(type: string, grantee: string, permission: string): string {
  return `<Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="${type}">${grantee}</Grantee><Permission>${permission}</Permission></Grant>`;
}

function person(project: string): string {
  const id = escapeXml(`${project}:${project}`);
  return `<ID>${id}</ID><DisplayName>${id}</DisplayName>`;
}
