#include "core/event/change.h"
