#include "core/event/pointer.h"
