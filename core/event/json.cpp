#include "core/event/json.h"
