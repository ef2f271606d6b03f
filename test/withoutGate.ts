/** Environments of unit tests have no Airflow that could answer; tests of the gate itself ask for the actual module. */
jest.mock("../components/gate/airflowWorks", () => ({
  assertAirflowWorks: async () => {},
  healthOf: async () => undefined,
}));
