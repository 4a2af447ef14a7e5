package org.sparksbp.distribution;

import io.fabric8.kubernetes.api.model.rbac.Role;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request to the API of Kubernetes as its access rules see it.
 *
 * @param group of the API, empty for the core one
 * @param resource such as pods
 * @param verb such as create
 */
record ApiRequest(String group, String resource, String verb) {

  private static final Pattern NAMESPACED =
      Pattern.compile(
          "/(?:api|apis/(?<group>[^/]+))/[^/]+/namespaces/[^/]+/(?<resource>[^/?]+)"
              + "(?:/(?<name>[^/?]+))?(?:\\?(?<query>.*))?");

  /** Reads a request line; empty for what is no resource of a namespace. */
  static Optional<ApiRequest> of(String method, String path) {
    Matcher parts = NAMESPACED.matcher(path);
    if (!parts.matches()) {
      return Optional.empty();
    }
    boolean named = parts.group("name") != null;
    String query = Optional.ofNullable(parts.group("query")).orElse("");
    String verb =
        switch (method) {
          case "GET" -> query.contains("watch=true") ? "watch" : named ? "get" : "list";
          case "POST" -> "create";
          case "PUT" -> "update";
          case "PATCH" -> "patch";
          case "DELETE" -> named ? "delete" : "deletecollection";
          default -> method;
        };
    String group = Optional.ofNullable(parts.group("group")).orElse("");
    return Optional.of(new ApiRequest(group, parts.group("resource"), verb));
  }

  boolean isAllowedBy(Role role) {
    return role.getRules().stream()
        .anyMatch(
            rule ->
                rule.getApiGroups().contains(group)
                    && rule.getResources().contains(resource)
                    && rule.getVerbs().contains(verb));
  }
}
