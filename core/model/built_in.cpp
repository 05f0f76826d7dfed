#include "core/model/built_in.h"

namespace hindcast::model {

std::unique_ptr<Reducer> builtIn(std::string_view name)
{
    if (name == "merge") return mergeReducer();
    if (name == "latest") return latestReducer();
    if (name == "fields") return fieldsReducer();
    if (name == "patch") return patchReducer();
    if (name == "debezium") return debeziumReducer();
    return nullptr;
}

std::unique_ptr<Reducer> defaultReducer(bool tableRows) { return tableRows ? debeziumReducer() : mergeReducer(); }

}  // namespace hindcast::model
