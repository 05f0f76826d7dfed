#pragma once
#include <QString>

class QLabel;

namespace hindcast::ui {

/// Sets a label's text, and as its accessible name "name: text": a name of its own would be read in the text's place. Tags are left
/// out of what is read. `name` may be empty where the text says it all.
void say(QLabel& label, const QString& name, const QString& text);

}  // namespace hindcast::ui
