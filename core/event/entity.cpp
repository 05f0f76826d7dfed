#include "core/event/entity.h"
