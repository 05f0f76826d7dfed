#include "core/event/time.h"
