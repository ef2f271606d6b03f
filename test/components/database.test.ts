import { Database, DatabaseArgs } from "../../components";
import { databaseUri } from "../../components/database";
import { named, record, resolved } from "../mocks";

const build = (args: Partial<DatabaseArgs> = {}, opts = {}) =>
  record(
    () =>
      new Database(
        "database",
        { databaseName: "lvao-preprod-airflow", privateNetworkId: "network-1", ...args },
        opts,
      ),
  );

test("creates an instance with the database, the user and the privilege in it", async () => {
  const { resources } = await build();
  expect(resources.map(({ type, name, deletedWith }) => ({ type, name, deletedWith }))).toEqual(
    expect.arrayContaining([
      { type: "pulumi-scaleway-airflow:index:Database", name: "database" },
      { type: "random:index/randomPassword:RandomPassword", name: "database-admin-password-1" },
      { type: "random:index/randomPassword:RandomPassword", name: "database-user-password-1" },
      { type: "scaleway:databases/instance:Instance", name: "database-instance" },
      {
        type: "scaleway:databases/database:Database",
        name: "database-database",
        deletedWith: "database-instance",
      },
      {
        type: "scaleway:databases/user:User",
        name: "database-user",
        deletedWith: "database-instance",
      },
      {
        type: "scaleway:databases/privilege:Privilege",
        name: "database-privilege",
        deletedWith: "database-instance",
      },
    ]),
  );
  expect(resources).toHaveLength(7);
  expect(resources.slice(1).every((resource) => resource.parent === "database")).toBe(true);
});

test("the instance is private, encrypted, backed up daily outside its region, and small by default", async () => {
  const { resources } = await build();
  expect(named(resources, "database-instance").inputs).toEqual({
    name: "lvao-preprod-airflow",
    engine: "PostgreSQL-16",
    nodeType: "DB-PLAY2-NANO",
    isHaCluster: false,
    volumeType: "sbs_5k",
    volumeSizeInGb: 10,
    encryptionAtRest: true,
    userName: "airflow_admin",
    password: { secret: "Pw/database-admin-password-1!" },
    privateNetwork: { pnId: "network-1", enableIpam: true },
    disableBackup: false,
    backupScheduleFrequency: 24,
    backupScheduleRetention: 7,
    backupSameRegion: false,
  });
});

test("sizes, availability and retention can be set", async () => {
  const { resources } = await build({
    nodeType: "DB-GP-XS",
    volumeSize: 50,
    highAvailability: true,
    backupRetention: 30,
  });
  expect(named(resources, "database-instance").inputs).toMatchObject({
    nodeType: "DB-GP-XS",
    volumeSizeInGb: 50,
    isHaCluster: true,
    backupScheduleRetention: 30,
  });
});

test("Airflow's user is no administrator and has every right on its one database", async () => {
  const { resources } = await build();
  expect(named(resources, "database-user").inputs).toEqual({
    instanceId: "database-instance-id",
    name: "airflow",
    password: { secret: "Pw/database-user-password-1!" },
    isAdmin: false,
  });
  const privilege = named(resources, "database-privilege");
  expect(privilege.inputs).toEqual({
    instanceId: "database-instance-id",
    databaseName: "lvao-preprod-airflow",
    userName: "airflow",
    permission: "all",
  });
  expect(privilege.ignoreChanges).toEqual(["permission"]);
  expect(privilege.replaceOnChanges).toEqual(["databaseName", "userName"]);
});

test("a public endpoint lets in whom the list names", async () => {
  const { result, resources } = await record(
    () =>
      new Database("database", {
        databaseName: "lvao-preprod-airflow",
        privateNetworkId: "network-1",
        publicAccess: ["203.0.113.7/32", "198.51.100.0/24"],
      }),
    { "database-instance": { loadBalancer: { ip: "51.15.0.1", port: 1234 } } },
  );
  expect(named(resources, "database-instance").inputs).toHaveProperty("loadBalancer", {});
  expect(named(resources, "database-acl")).toMatchObject({
    deletedWith: "database-instance",
    inputs: {
      instanceId: "database-instance-id",
      aclRules: [
        { ip: "203.0.113.7/32", description: "publicAccess" },
        { ip: "198.51.100.0/24", description: "publicAccess" },
      ],
    },
  });
  expect((await resolved(result.publicEndpoint)).value).toBe("51.15.0.1:1234");
});

test("a range that lets in everybody is refused", () => {
  const args = { databaseName: "d", privateNetworkId: "n", publicAccess: ["0.0.0.0/0"] };
  expect(() => new Database("database", args)).toThrow(/arguments of Database/);
});

test("passwords hold all four classes that Scaleway asks for", async () => {
  const { resources } = await build();
  expect(named(resources, "database-user-password-1").inputs).toMatchObject({
    length: 32,
    minLower: 1,
    minUpper: 1,
    minNumeric: 1,
    minSpecial: 1,
  });
});

test("gives its address openly and its full URI as a secret", async () => {
  const { result } = await build();
  expect(await resolved(result.endpoint)).toEqual({ value: "172.16.4.2:5432", secret: false });
  expect(await resolved(result.uri)).toEqual({
    value:
      "postgresql+psycopg2://airflow:Pw%2Fdatabase-user-password-1!@172.16.4.2:5432/lvao-preprod-airflow?sslmode=verify-ca&sslrootcert=/opt/airflow/database.crt",
    secret: true,
  });
});

test("new passwords reach the instance's administrator at once, and Airflow's user only when it is created", async () => {
  const { result, resources } = await build({ passwordGeneration: 3 });
  expect(named(resources, "database-instance").inputs.password).toEqual({
    secret: "Pw/database-admin-password-3!",
  });
  const user = named(resources, "database-user");
  expect(user.inputs.password).toEqual({ secret: "Pw/database-user-password-3!" });
  expect(user.ignoreChanges).toEqual(["password"]);
  expect((await resolved(result.uri)).value).toContain("Pw%2Fdatabase-user-password-3!");
  expect(await resolved(result.formerPasswords!)).toEqual({
    value: '["Pw/database-user-password-2!","Pw/database-user-password-1!"]',
    secret: true,
  });
});

test("gives the certificate by which clients know the server", async () => {
  const { result } = await build();
  expect(await resolved(result.certificate)).toEqual({
    value: "the server's certificate",
    secret: false,
  });
});

test("any character can be in a password", () => {
  const password = "p@ss:w/rd?#%&";
  const uri = databaseUri({ userName: "airflow", password, endpoint: "h:1", databaseName: "d" });
  expect(decodeURIComponent(new URL(uri).password)).toBe(password);
});

test("protects every part when the component is protected", async () => {
  const { resources } = await build({}, { protect: true });
  expect(resources.every((resource) => resource.protect)).toBe(true);
});
