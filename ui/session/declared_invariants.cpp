#include "ui/session/declared_invariants.h"

#include "core/model/chosen.h"
#include "ui/session/model_settings.h"

#include <algorithm>
#include <utility>

namespace hindcast::ui {

DeclaredInvariants::DeclaredInvariants(std::shared_ptr<store::Store> store, std::shared_ptr<model::Runtime> runtime, GuiPost post,
                                       Answer answer)
    : store_(std::move(store)), runtime_(std::move(runtime)), post_(std::move(post)), answer_(std::move(answer))
{
}

void DeclaredInvariants::request(const QString& category)
{
    thread_.post(0, [this, category, of = ++serial_](const std::stop_token&) {
        post_([this, category, of, names = read(category.toStdString())] {
            if (of == serial_) answer_(category, names);
        });
    });
}

QStringList DeclaredInvariants::read(const std::string& category) const
{
    QStringList names;
    auto reader = store_->reader();
    if (!reader) return names;
    const auto models = (*reader)->setting(kModels);
    const auto categories = (*reader)->categories();
    if (!models || !categories) return names;
    const auto found = std::ranges::find(*categories, category, &store::Category::text);
    if (found == categories->end()) return names;
    const auto reducer = model::reducerFor(runtime_, *models, category, found->rows);
    if (!reducer) return names;
    for (const std::string& name : (*reducer)->invariants()) names << QString::fromStdString(name);
    return names;
}

}  // namespace hindcast::ui
