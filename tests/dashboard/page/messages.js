// The few messages that the page sends and reads, with the fields it needs. Unknown fields are passed over, as protobuf wants it.
import { MethodKind, ScalarType, proto3 } from "@bufbuild/protobuf";

const core = "kubeappsapis.core";
const text = (no, name, repeated = false) => ({ no, name, kind: "scalar", T: ScalarType.STRING, repeated });
const flag = (no, name) => ({ no, name, kind: "scalar", T: ScalarType.BOOL });
const number = (no, name) => ({ no, name, kind: "scalar", T: ScalarType.INT32 });
const message = (no, name, T, repeated = false) => ({ no, name, kind: "message", T, repeated });
const type = (name, ...fields) => proto3.makeMessageType(name, () => fields);

const Plugin = type(`${core}.plugins.v1alpha1.Plugin`, text(1, "name"), text(2, "version"));
const GetConfiguredPluginsRequest = type(`${core}.plugins.v1alpha1.GetConfiguredPluginsRequest`);
const GetConfiguredPluginsResponse = type(`${core}.plugins.v1alpha1.GetConfiguredPluginsResponse`, message(1, "plugins", Plugin, true));

const packages = `${core}.packages.v1alpha1`;
const Context = type(`${packages}.Context`, text(1, "cluster"), text(2, "namespace"));
const PaginationOptions = type(`${packages}.PaginationOptions`, text(1, "page_token"), number(2, "page_size"));
const AvailablePackageReference = type(`${packages}.AvailablePackageReference`, message(1, "context", Context), text(2, "identifier"), message(3, "plugin", Plugin));
const InstalledPackageReference = type(`${packages}.InstalledPackageReference`, message(1, "context", Context), text(2, "identifier"), message(3, "plugin", Plugin));
const AvailablePackageSummary = type(`${packages}.AvailablePackageSummary`, message(1, "available_package_ref", AvailablePackageReference), text(2, "name"));
const GetAvailablePackageSummariesRequest = type(`${packages}.GetAvailablePackageSummariesRequest`, message(1, "context", Context), message(3, "pagination_options", PaginationOptions));
const GetAvailablePackageSummariesResponse = type(
  `${packages}.GetAvailablePackageSummariesResponse`,
  message(1, "available_package_summaries", AvailablePackageSummary, true),
  text(2, "next_page_token"),
);
const ReconciliationOptions = type(`${packages}.ReconciliationOptions`, text(1, "interval"));
const CreateInstalledPackageRequest = type(
  `${packages}.CreateInstalledPackageRequest`,
  message(1, "available_package_ref", AvailablePackageReference),
  message(2, "target_context", Context),
  text(3, "name"),
  text(5, "values"),
  message(6, "reconciliation_options", ReconciliationOptions),
);
const CreateInstalledPackageResponse = type(`${packages}.CreateInstalledPackageResponse`, message(1, "installed_package_ref", InstalledPackageReference));
const AddPackageRepositoryRequest = type(
  `${packages}.AddPackageRepositoryRequest`,
  message(1, "context", Context),
  text(2, "name"),
  text(3, "description"),
  flag(4, "namespace_scoped"),
  text(5, "type"),
  text(6, "url"),
  text(7, "interval"),
  message(10, "plugin", Plugin),
);
const AddPackageRepositoryResponse = type(`${packages}.AddPackageRepositoryResponse`);
const ResourceRef = type(`${packages}.ResourceRef`, text(1, "api_version"), text(2, "kind"), text(3, "name"), text(4, "namespace"));

const resources = "kubeappsapis.plugins.resources.v1alpha1";
const GetResourcesRequest = type(
  `${resources}.GetResourcesRequest`,
  message(1, "installed_package_ref", InstalledPackageReference),
  message(2, "resource_refs", ResourceRef, true),
  flag(3, "watch"),
);
const GetResourcesResponse = type(`${resources}.GetResourcesResponse`, message(1, "resource_ref", ResourceRef), text(2, "manifest"));
const CheckNamespaceExistsRequest = type(`${resources}.CheckNamespaceExistsRequest`, message(1, "context", Context));
const CheckNamespaceExistsResponse = type(`${resources}.CheckNamespaceExistsResponse`, flag(1, "exists"));

const unary = (name, I, O) => ({ name, I, O, kind: MethodKind.Unary });
const service = (typeName, ...methods) => ({ typeName, methods: Object.fromEntries(methods.map((m) => [m.name[0].toLowerCase() + m.name.slice(1), m])) });

export const PluginsService = service(`${core}.plugins.v1alpha1.PluginsService`, unary("GetConfiguredPlugins", GetConfiguredPluginsRequest, GetConfiguredPluginsResponse));
export const PackagesService = service(
  `${packages}.PackagesService`,
  unary("GetAvailablePackageSummaries", GetAvailablePackageSummariesRequest, GetAvailablePackageSummariesResponse),
  unary("CreateInstalledPackage", CreateInstalledPackageRequest, CreateInstalledPackageResponse),
);
export const RepositoriesService = service(`${packages}.RepositoriesService`, unary("AddPackageRepository", AddPackageRepositoryRequest, AddPackageRepositoryResponse));
export const ResourcesService = service(
  `${resources}.ResourcesService`,
  unary("CheckNamespaceExists", CheckNamespaceExistsRequest, CheckNamespaceExistsResponse),
  { name: "GetResources", I: GetResourcesRequest, O: GetResourcesResponse, kind: MethodKind.ServerStreaming },
);
