/** An error that the API answers: its status and JSON body. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly body: { message: string; type?: string } & Record<string, unknown>,
  ) {
    super(body.message);
  }
}

/** What is wrong with one argument. */
export interface ArgumentProblem {
  argument_name: string;
  reason: "required" | "format" | "constraint" | "unknown";
  help_message?: string;
}

export const notFound = (resource: string, resource_id: string) =>
  new ApiError(404, {
    message: "resource is not found",
    resource,
    resource_id,
    type: "not_found",
  });

export const invalidArguments = (details: ArgumentProblem[]) =>
  new ApiError(400, {
    details,
    message: "invalid argument(s)",
    type: "invalid_arguments",
  });

/** One argument that breaks a rule; `help_message` says which. */
export const constraint = (argument_name: string, help_message: string) =>
  invalidArguments([{ argument_name, reason: "constraint", help_message }]);

export const permissionsDenied = (resource: string, action: "read" | "write" | "access") =>
  new ApiError(403, {
    details: [{ action, resource }],
    message: "insufficient permissions",
    type: "permissions_denied",
  });

export const deniedAuthentication = (reason: "invalid_argument" | "not_found" | "expired") =>
  new ApiError(401, {
    message: "authentication is denied",
    method: "api_key",
    reason,
    type: "denied_authentication",
  });

export const alreadyExists = (resource: string, resource_id: string, help_message: string) =>
  new ApiError(409, {
    help_message,
    message: "resource already exists",
    resource,
    resource_id,
    type: "already_exists",
  });

export const transientState = (resource: string, resource_id: string, current_state: string) =>
  new ApiError(409, {
    current_state,
    message: "resource is in a transient state",
    resource,
    resource_id,
    type: "transient_state",
  });

export const stillInUse = (help_message: string) =>
  preconditionFailed("resource_still_in_use", help_message);

export const protectedResource = (help_message: string) =>
  preconditionFailed("protected_resource", help_message);

const preconditionFailed = (precondition: string, help_message: string) =>
  new ApiError(412, {
    help_message,
    message: "precondition is not respected",
    precondition,
    type: "precondition_failed",
  });
