#include "core/model/runtime.h"

#include "core/model/script_pool.h"

namespace hindcast::model {

Runtime::Runtime(Limits limits) : limits_(limits), scripts_(std::make_unique<ScriptPool>(limits)) {}
Runtime::~Runtime() = default;

}  // namespace hindcast::model
