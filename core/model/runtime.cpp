#include "core/model/runtime.h"

#include "core/model/program_peer.h"
#include "core/model/program_pool.h"
#include "core/model/script_pool.h"

namespace hindcast::model {

Runtime::Runtime(const Limits& limits)
    : limits_(limits), scripts_(std::make_unique<ScriptPool>(limits)), programs_(std::make_unique<ProgramPool>())
{
}
Runtime::~Runtime() = default;

Limits Runtime::limits() const
{
    const std::scoped_lock lock(mutex_);
    return limits_;
}

void Runtime::setLimits(const Limits& limits)
{
    {
        const std::scoped_lock lock(mutex_);
        if (limits_ == limits) return;
        limits_ = limits;
    }
    scripts_->setLimits(limits);
    programs_->clear();
}

void Runtime::allowPrograms(bool all)
{
    const std::scoped_lock lock(mutex_);
    allPrograms_ = all;
}

void Runtime::allowProgram(const Program& program)
{
    const std::scoped_lock lock(mutex_);
    allowed_.insert(program.key());
}

void Runtime::withdrawPrograms()
{
    {
        const std::scoped_lock lock(mutex_);
        allPrograms_ = false;
        allowed_.clear();
    }
    programs_->clear();
}

bool Runtime::allows(const Program& program) const
{
    const std::scoped_lock lock(mutex_);
    return allPrograms_ || allowed_.contains(program.key());
}

}  // namespace hindcast::model
