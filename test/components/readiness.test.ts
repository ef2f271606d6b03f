import { assertReady } from "../../components/readiness";

test("a container that is not ready fails the update with the platform's reason", () => {
  const check = () =>
    assertReady("lvao-airflow-scheduler", "error", "Container is unable to start");
  expect(check).toThrow(
    'The container lvao-airflow-scheduler is not ready but in status "error": Container is unable to start.',
  );
});

test.each(["ready", undefined])(
  "status %s passes: ready, or not known yet in a preview",
  (status) => {
    expect(() => assertReady("lvao-airflow-scheduler", status)).not.toThrow();
  },
);
