#include "ui/session/type_filter.h"

#include <utility>

namespace hindcast::ui {

void TypeFilter::setShown(TypeId type, bool shown)
{
    if (shows(type) == shown) return;
    if (shown == only_)
        named_.insert(type);
    else
        named_.erase(type);
    emit changed();
}

void TypeFilter::showOnly(TypeId type) { setChoice({true, {type}}); }

void TypeFilter::showAll() { setChoice({}); }

void TypeFilter::setChoice(Choice choice)
{
    if (choice == this->choice()) return;
    only_ = choice.only;
    named_ = std::move(choice.named);
    emit changed();
}

}  // namespace hindcast::ui

#include "moc_type_filter.cpp"
