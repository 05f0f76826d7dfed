#pragma once
#include "core/event/error.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace hindcast::source::kafka {

/// A property whose value is never to be shown.
[[nodiscard]] bool isSecret(std::string_view name);
/// Refuses what would make the client write, join a group, commit, make topics, or be something else than what it is.
[[nodiscard]] Result<void> checkProperty(const std::string& name, const std::string& value);
/// As librdkafka names them, sorted.
[[nodiscard]] const std::vector<std::string>& propertyNames();
/// The known name that `name` was probably meant to be; empty where none is near.
[[nodiscard]] std::string nearestName(std::string_view name, const std::vector<std::string>& names);

/// Java names and values in librdkafka's words: `ssl.truststore.location` of a PEM file becomes `ssl.ca.location`, a
/// `sasl.jaas.config` user and password, and so on; what matters to Java programs alone is left out. Errors: a store that librdkafka
/// cannot read (JKS), a login module that has no translation.
[[nodiscard]] Result<std::map<std::string, std::string>> translateJava(const std::map<std::string, std::string>& properties);

/// A Java properties file: comments, continued lines, `=`, `:` or blanks between name and value, escapes.
[[nodiscard]] std::map<std::string, std::string> parsePropertiesText(std::string_view text);

/// `… PlainLoginModule required username="a" password="b";`
struct JaasLogin {
    std::string module;  ///< without its package
    std::map<std::string, std::string> options;
};
[[nodiscard]] Result<JaasLogin> parseJaas(std::string_view text);

}  // namespace hindcast::source::kafka
