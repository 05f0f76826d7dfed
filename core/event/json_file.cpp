#include "core/event/json_file.h"

#include <fstream>
#include <sstream>

namespace hindcast {

Result<Json> readJsonFile(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file) return fail("cannot read " + path, "there is no such file, or it may not be read", {}, Error::Kind::BadInput);
    std::ostringstream text;
    text << file.rdbuf();
    auto json = parseJson(text.str());
    if (!json)
        return fail("cannot read " + path,
                    "not JSON: " + json.error().message + " at byte " + std::to_string(json.error().offset), {},
                    Error::Kind::BadInput);
    return std::move(*json);
}

}  // namespace hindcast
