#pragma once
#include <QString>

namespace hindcast::ui {

/// What librdkafka and OpenSSL say of a failure, or what is advised against it, in the words of the connect dialog: a property by the name
/// of its field ("check “Protocol” under Security" for "check security.protocol"), and without the lines of OpenSSL's own source and its
/// numbers of errors.
[[nodiscard]] QString inWordsOfFields(QString text);

}  // namespace hindcast::ui
