#pragma once
#include "core/expression/expression.h"
#include "core/replay/reduce.h"
#include "core/store/reader.h"

#include <memory>
#include <string>
#include <vector>

namespace hindcast::replay {

/// An expression of contracts 4 as the symptom that reduce() looks for, and what was met while it was asked.
/// Threads: one at a time, which is also the one that folds.
class ExpressionSymptom {
public:
    /// `reader` must outlive this object.
    ExpressionSymptom(store::Reader& reader, std::shared_ptr<const expression::Expression> expression);
    ~ExpressionSymptom();

    /// REQUIRES: this object outlives what is done with it.
    [[nodiscard]] Symptom symptom();
    /// Values of another type than the expression compares with.
    [[nodiscard]] const std::vector<expression::Mismatch>& mismatches() const;
    /// Paths into the state at which nothing stood after any event that it was asked of: "state.balanc".
    [[nodiscard]] std::vector<std::string> absentPaths() const;

private:
    class Asker;
    std::unique_ptr<Asker> asker_;
};

}  // namespace hindcast::replay
