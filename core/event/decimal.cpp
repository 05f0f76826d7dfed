#include "core/event/decimal.h"
